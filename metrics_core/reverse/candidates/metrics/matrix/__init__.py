"""Metrics of the matrix of true and predicted classes."""
