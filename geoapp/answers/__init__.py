"""Answers about a build as plain dicts: the same ones for command line, page, API and exports."""
