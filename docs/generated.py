"""Write the pages that follow from declarations, or only check that they are fresh.

Each ``docs/write_*.py`` hands its texts to ``write_or_check``: run plainly it writes
them; with ``--check`` it writes nothing and exits 1 where one is stale.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


def write_or_check(texts: Mapping[Path, str], about: str | None) -> int:
    """Write texts to their files, or say which of them are stale.

    Parameters
    ----------
    texts : Mapping
        What each file should hold.
    about : str or None
        Help of the command.

    Returns
    -------
    int
        Exit code: 1 where ``--check`` was given and a file is stale.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 where one is stale")
    is_check = parser.parse_args().check
    old = [path for path, text in texts.items() if not is_fresh(path, text)]
    for path in old:
        if not is_check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(texts[path], encoding="utf-8", newline="\n")
        sys.stdout.write(f"{'stale' if is_check else 'written'}: {path.relative_to(ROOT)}\n")
    return 1 if is_check and old else 0


def is_fresh(path: Path, text: str) -> bool:
    """Return True where a file holds exactly this text."""
    return path.is_file() and path.read_bytes() == text.encode("utf-8")


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Return the lines of a Markdown table; a bar inside a cell is escaped.

    Parameters
    ----------
    head : tuple of str
        Titles of the columns.
    rows : sequence of tuple of str
        Cells, one tuple per row.

    Returns
    -------
    list of str
        Lines without their ends.
    """
    lines = [head, tuple("---" for _ in head), *rows]
    return [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in lines]
