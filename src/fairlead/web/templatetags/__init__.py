"""Filters and tags of the rooms, one file a room."""
