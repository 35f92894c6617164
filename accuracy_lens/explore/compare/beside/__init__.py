"""What can stand beside the data in view, and how it is chosen."""
