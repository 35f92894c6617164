"""The controls of the Training page, and the settings that they give."""
