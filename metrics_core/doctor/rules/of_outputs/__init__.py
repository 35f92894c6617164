"""Outputs that are on another scale, crowded, tied, or no outputs of the last layer at all."""
