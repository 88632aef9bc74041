"""One code, one reference system, one vintage."""
