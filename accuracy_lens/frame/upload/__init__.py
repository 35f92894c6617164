"""A visitor's file: drop it, look at the guess of its columns, change it, use it."""
