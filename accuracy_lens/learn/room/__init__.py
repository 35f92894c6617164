"""A room: a class takes a lesson together, votes, talks, votes again, then sees what is true."""
