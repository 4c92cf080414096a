"""Mathematics. Tables in, frozen results out; numpy, scipy and narwhals, nothing else."""
