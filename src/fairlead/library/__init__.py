"""What ships as data, and the schemas it is checked against."""
