"""The table of controls: the only way in which the pages draw one and read it."""
