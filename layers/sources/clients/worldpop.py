"""WorldPop: the latest raster of people of a country."""

from collections.abc import Mapping
from typing import Any

from layers.errors import Sentence
from layers.sources.clients.asking import Ask, Found, address
from layers.sources.clients.columns import check_readable
from layers.sources.clients.schema import FieldType, types_of_whole
from layers.sources.network import Reason

RECORD = {
    **dict.fromkeys(("iso3", "date"), FieldType.TEXT),
    **dict.fromkeys(("id", "popyear"), FieldType.NONE),
    "files": FieldType.LIST,
}
"""Fields of a release that are read; id and year come as text or as number."""
_MARKS = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")


def raster(ask: Ask) -> Found | None:
    """Return people by cell of the last year that there is.

    Parameters
    ----------
    ask : Ask
        Asks ``<url>?iso3=<country>``, and then for the file that it names.

    Returns
    -------
    Found or None
        A GeoTIFF; None where the release is the one that is kept.

    Raises
    ------
    DownloadError
        Where the service, the network or the columns are at fault, or the file is no GeoTIFF.
    """
    answer = ask.json(address(ask.spec.url, {"iso3": ask.iso3}))
    listed = answer.get("data") if isinstance(answer, dict) else None
    listed = listed if isinstance(listed, list) else []
    releases = [one for one in listed if isinstance(one, dict)]
    if not releases:
        raise ask.refuse(Reason.NOTHING, Sentence("has nothing for {iso3}", iso3=ask.iso3))
    check_readable(ask, types_of_whole(releases, RECORD), RECORD)
    last = max(releases, key=lambda one: str(one["popyear"]))
    version = f"{last['id']} {last['date']}"
    if ask.is_kept(version):
        return None
    url = _raster_of(ask, last)
    body = ask.file(url)
    if not body.startswith(_MARKS):
        raise ask.refuse(Reason.OTHER_FILE, Sentence("{url} is no GeoTIFF", url=url))
    return Found(
        body=body,
        format="geotiff",
        name=url.rpartition("/")[2],
        url=url,
        vintage=str(last["popyear"]),
        licence=str(last.get("license") or ""),
        version=version,
    )


def _raster_of(ask: Ask, release: Mapping[str, Any]) -> str:
    files = [
        str(one)
        for one in release["files"] or ()
        if str(one).casefold().endswith((".tif", ".tiff"))
    ]
    if len(files) != 1:
        raise ask.refuse(
            Reason.SCHEMA,
            Sentence(
                "lists {count} rasters of {year}, not one",
                count=len(files),
                year=str(release["popyear"]),
            ),
        )
    return files[0]
