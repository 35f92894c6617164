"""Accuracy Lens beside other libraries: the same arrays, the same process, one thread."""
