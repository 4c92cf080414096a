"""What words mean, what to try, what colleagues advise: pages of the library, tips, ideas, values."""
