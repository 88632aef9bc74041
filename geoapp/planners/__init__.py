"""What planners leave in the store: scenarios, decisions, files of their own, and who did what."""
