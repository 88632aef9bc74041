"""What browsers may keep for ever: its name tells its content."""

import hashlib

FOREVER = "public, max-age=31536000, immutable"
"""``Cache-Control`` of an answer under such a name."""


def name_of(content: bytes) -> str:
    """Return the name of a content: another content has another one."""
    return hashlib.sha256(content).hexdigest()[:16]
