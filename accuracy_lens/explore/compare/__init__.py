"""The Compare page: another set of outputs beside the data in view."""
