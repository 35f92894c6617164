"""A recipe: the choice at each of the five steps that gives one number."""
