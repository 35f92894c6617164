"""Every accuracy as a recipe of five steps: activation, decision, comparison, aggregation, result."""
