"""The web server around the app."""
