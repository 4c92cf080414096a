"""The command line: files in, a readable page out; no server."""
