"""How work is done: once for all who ask, aside, in a process apart, or on other machines."""
