"""What a lesson is made of: plain values, questions, conditions, the data that it is on."""
