"""JSON as tools and services write it."""
