"""An accuracy as a recipe of five steps: activation, decision, comparison, aggregation, result."""

__version__ = "0.1.0"
