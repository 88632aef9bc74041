"""What stands in a store beside its builds, and which of it cannot be made again."""

KEPT = ("loaded", "scenarios", "decisions", "roles.toml", "audit.jsonl")
"""Folders and files that only this store has: every backup holds them."""
MADE_AGAIN = ("sources", "feeds", "steps")
"""What is fetched or worked out again: no backup holds it."""
PUBLIC = "public"
"""Folder of the builds of the public edition."""
