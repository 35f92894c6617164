"""A lesson from plain values, as a JSON or YAML file holds them; nothing in it is executed."""

from metrics_core.lessons.parsing.lesson import parse_lesson

__all__ = ["parse_lesson"]
