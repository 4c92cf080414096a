"""Feedback that cannot be traced: surveys, answering, released figures."""
