"""The language of formulas: its grammar, functions and refusals."""
