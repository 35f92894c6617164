"""Labels that are no classes, written in another way, doubted, or too easy."""
