"""Step 4: what a choice is, in `choice`, and each way to compare decisions with labels."""
