"""What several pages draw: board, strip, lens, curves, tables of samples, findings."""
