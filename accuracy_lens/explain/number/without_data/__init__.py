"""A number without data: what the counts alone say about reported metrics."""
