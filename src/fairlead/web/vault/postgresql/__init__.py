"""PostgreSQL whose every statement is sent for the one who looks."""
