"""One row per unit: values, and how each came to be."""
