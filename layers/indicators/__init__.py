"""Pure functions: Series in, Series out, with their formula and its source."""
