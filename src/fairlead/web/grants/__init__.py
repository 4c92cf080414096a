"""Roles that somebody holds for a time: proposed by one person, confirmed by another, ended at any time."""
