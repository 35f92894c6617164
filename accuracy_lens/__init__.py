"""The app around `metrics_core`: what a visitor sees, and what serves it."""
