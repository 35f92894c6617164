"""Step 3: from scores to decisions, one module for each way."""
