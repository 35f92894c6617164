"""What the pages show of a data set that the operator named, from what its files were read for."""
