"""What stands around every page: the name, the data picker, the upload."""
