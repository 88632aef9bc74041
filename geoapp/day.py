"""The day of an export or a build."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime

from layers.errors import ExportError


def export_date(environment: Mapping[str, str] = os.environ) -> str:
    """Return the day of an export in UTC, that of SOURCE_DATE_EPOCH where it is set.

    Parameters
    ----------
    environment : Mapping
        Names and values, as in ``os.environ``.

    Returns
    -------
    str
        For instance ``2026-01-31``.

    Raises
    ------
    ExportError
        Where SOURCE_DATE_EPOCH is not a number of seconds.
    """
    given = environment.get("SOURCE_DATE_EPOCH")
    if not given:
        return datetime.now(UTC).date().isoformat()
    try:
        return datetime.fromtimestamp(int(given), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise ExportError(
            "SOURCE_DATE_EPOCH is {given!r}; give seconds since 1970 or unset it", given=given
        ) from None
