"""Step 5: from one value per sample to one number. Every state can be merged with another."""
