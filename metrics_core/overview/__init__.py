"""What a set of predictions looks like at a glance, without a variant chosen."""
