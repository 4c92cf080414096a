"""What the law asks of whoever runs this: erasure with a clock, retention, the processing record."""
