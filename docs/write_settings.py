"""Write docs/settings.md from ``geoapp.settings.SETTINGS``."""

import sys

from generated import DOCS, table, write_or_check

from geoapp.settings.names import SETTINGS

HEAD = """# Settings

Written by `docs/write_settings.py` from `geoapp/settings/names.py`; not edited by hand.

Every setting is an environment variable. An empty one counts as unset; an impossible
value is refused with one sentence (exit code 2 from `geoapp sources` and `geoapp fetch`,
1 from the other commands).
"""


def page() -> str:
    """Return the text of the page."""
    rows = [
        (f"`{name}`", f"`{default}`" if default else "–", what) for name, default, what in SETTINGS
    ]
    return "\n".join([HEAD, *table(("name", "default", "what it does"), rows), ""])


if __name__ == "__main__":
    sys.exit(write_or_check({DOCS / "settings.md": page()}, __doc__))
