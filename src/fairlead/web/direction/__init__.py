"""My direction: why somebody works, what they value and love, and which track fits; read by nobody else."""
