"""Files for others: one module per format, and one line each in ``formats``."""
