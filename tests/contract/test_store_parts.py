"""Whatever is put into a store is copied by a backup, or said to be made again."""

import re
from pathlib import Path

from geoapp.store.contents import KEPT, MADE_AGAIN, PUBLIC
from geoapp.store.folders import BUILDS, FORMER, POINTER

ROOT = Path(__file__).resolve().parents[2]
IN_STORE = re.compile(r"\b(?:store|kept) / \"([^\"]+)\"")


def test_every_name_in_a_store_is_declared() -> None:
    declared = {*KEPT, *MADE_AGAIN, BUILDS, POINTER, FORMER, PUBLIC}
    used = {
        name: path.name
        for path in (ROOT / "geoapp").rglob("*.py")
        for name in IN_STORE.findall(path.read_text("utf-8"))
    }
    lacking = {name: place for name, place in used.items() if name not in declared}
    assert not lacking, f"say in geoapp/store/contents.py whether a backup holds {lacking}"
    # The pattern still finds how the code spells it.
    assert {"scenarios", "decisions", "loaded", "sources"} <= set(used)


def test_nothing_is_both_copied_and_made_again() -> None:
    assert not set(KEPT) & set(MADE_AGAIN)
