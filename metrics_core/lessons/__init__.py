"""Lessons: rows of plain values with steps that ask before they show."""
