"""Rooms and votes in a database: who may do what, and what was voted."""
