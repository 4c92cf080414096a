"""Fairlead: lead well, manage well, promote fairly."""
