"""Messages and numbers, put into the words that a visitor reads."""
