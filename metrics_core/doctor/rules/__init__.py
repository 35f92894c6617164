"""The rules of the doctor, a module a family of confusions."""
