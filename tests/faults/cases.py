"""How many inputs by chance a test is given."""

CODEC = 500
"""Addresses, whenever tests run."""
READER = 40
"""Spoilt files of each reader, whenever tests run."""
SHARE = 20
"""Of the cases of ``make fuzz`` each reader has one in so many: a file costs more than an address."""
