"""What the functions of a release compute, and every rule in which two releases differ."""
