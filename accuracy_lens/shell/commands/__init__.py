"""The commands of `accuracy-lens`, one module each."""
