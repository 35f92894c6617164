"""What the operator of a server can watch: health, figures, the log."""
