"""Columns of sharded data: which are what, and how labels write the classes."""
