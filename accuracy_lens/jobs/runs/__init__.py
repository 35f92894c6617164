"""Training runs: a queue, the places where runs are carried out, and their reports."""
