"""Every number that the recipes can give, before it is asked which one was reported."""
