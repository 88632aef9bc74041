"""A visitor's own file: looked at, taken row by row, and shown to nobody else."""
