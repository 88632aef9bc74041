"""How long things take and what they weigh on this machine; nothing here is a test."""
