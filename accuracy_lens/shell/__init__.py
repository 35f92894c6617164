"""The command line: `accuracy-lens`, and what each of its commands prints."""
