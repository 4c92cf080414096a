"""The web application: one Django app, a room for each feature."""
