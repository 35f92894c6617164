"""What the rules of the doctor are told of data that were counted and are not held."""
