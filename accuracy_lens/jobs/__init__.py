"""Child processes with limits: parsing, formulas, the installed Keras, training runs."""
