"""SQLite with the private tables and the keys in files of their own."""
