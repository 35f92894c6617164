"""The rules of the doctor, one module per family of confusions."""
