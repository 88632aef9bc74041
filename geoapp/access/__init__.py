"""Who asks, what that lets them do, and how often."""
