"""An event told: who is under it, what they need and which office goes."""
