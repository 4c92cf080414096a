"""The demo company: a believable firm, staged, always the same (only in demo mode)."""
