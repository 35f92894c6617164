"""What the Help page says."""
