"""Training runs: a queue, what carries runs out, and their reports."""
