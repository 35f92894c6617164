"""The catalogue: one row per accuracy variant, its choice at each step and nothing else."""
