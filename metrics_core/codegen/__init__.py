"""The lines of numpy and of Keras that give the number on a card."""
