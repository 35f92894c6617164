"""The five steps, one module each, and the arrays that they leave behind."""
