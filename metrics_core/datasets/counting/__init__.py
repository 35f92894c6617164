"""What is counted of sharded data in one pass: figures, classes, calibration."""
