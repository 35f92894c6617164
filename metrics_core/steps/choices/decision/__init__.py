"""Step 3: what a choice is, in `choice`, and each way to turn scores into decisions."""
