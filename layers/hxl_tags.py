"""Find a column by its HXL tag: written the same way, or one that says more than is asked."""

import re
from collections.abc import Collection, Iterable, Mapping

from layers.errors import SourceDamagedError


def column_of_tag(
    tags: Mapping[str, str], patterns: Iterable[str], taken: Collection[str] = ()
) -> str | None:
    """Return the column whose tag is the first of some patterns that any column answers to.

    A tag that is written as the pattern, in whatever order of attributes, goes before one with
    more attributes: ``#inneed+health`` before ``#inneed+health+f``. The latter need libhxl; without
    it only tags that are written as the pattern are known.

    Parameters
    ----------
    tags : mapping
        HXL tag by column.
    patterns : iterable of str
        As libhxl reads them: ``#org-type`` is ``#org`` without ``+type``.
    taken : collection of str
        Columns that are something else already.

    Returns
    -------
    str or None
        None where no column answers.

    Raises
    ------
    SourceDamagedError
        Where several columns answer to a pattern and none is written as it.
    """
    free = {column: tag for column, tag in tags.items() if column not in taken}
    for pattern in patterns:
        same = [column for column, tag in free.items() if _parts(tag) == _parts(pattern)]
        found = same[:1] or [column for column, tag in free.items() if _answers(tag, pattern)]
        if len(found) > 1:
            raise SourceDamagedError(
                "columns {names} are all tagged {pattern}; give one of them that tag alone",
                names=", ".join(map(repr, found)),
                pattern=pattern,
            )
        if found:
            return found[0]
    return None


def is_tag(cell: str) -> bool:
    """Return whether a cell is an HXL tag."""
    return re.fullmatch(r"#\s*[A-Za-z]\w*(\s*\+\s*\w+)*\s*", cell.strip()) is not None


def _parts(tag: str) -> frozenset[str]:
    return frozenset(re.sub(r"\s", "", tag.casefold()).split("+"))


def _answers(tag: str, pattern: str) -> bool:
    try:
        from hxl.model import Column, TagPattern
    except ImportError:
        return False
    column = Column.parse(tag)
    return bool(column) and TagPattern.parse(pattern).match(column)
