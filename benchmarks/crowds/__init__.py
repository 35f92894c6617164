"""Classes at a real server: students who move, rooms that vote, trainees."""
