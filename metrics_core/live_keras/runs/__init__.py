"""A training run: its settings, its model, its reports, its code."""
