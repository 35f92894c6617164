"""The guess of what each column is for."""
