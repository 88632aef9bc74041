"""Files as they were published: located, verified, read. Formats, not data sets."""
