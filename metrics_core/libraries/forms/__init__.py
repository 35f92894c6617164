"""How each library reads its arguments: steps 1 and 2, with what it refuses."""
