"""Stepping into the people of the demo company; only in demo mode."""
