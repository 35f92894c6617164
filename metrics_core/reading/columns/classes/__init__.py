"""Words and numbers that stand for classes."""
