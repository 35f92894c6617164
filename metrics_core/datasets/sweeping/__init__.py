"""Every threshold of data that do not fit into memory, exactly."""
