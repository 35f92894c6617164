"""Where data sets lie, and which files they are."""
