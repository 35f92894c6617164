"""Whom and what a server takes: visitors, files, until it ends."""
