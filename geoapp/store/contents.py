"""What stands in a store and in its builds, and which of it cannot be made again."""

KEPT = ("loaded", "scenarios", "decisions", "roles.toml", "audit.jsonl")
"""Folders and files that only this store has: every backup holds them."""
MADE_AGAIN = ("sources", "feeds", "steps")
"""What is fetched or worked out again: no backup holds it."""
PUBLIC = "public"
"""Folder of the builds of the public edition."""
TILED_FROM = 20_000
"""Units of a level from which it is cut into tiles: there the page opens almost as soon from tiles as
from one file of paths and its server starts sooner; with twice as many both do (docs/escala.md)."""
