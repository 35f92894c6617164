"""The app around `metrics_core`: what a visitor sees, and what serves it."""

__version__ = "0.1.0"
