"""geoBoundaries: one level of one country, with its year and its licence."""

from layers.errors import Sentence
from layers.sources.clients.asking import Ask, Found
from layers.sources.clients.columns import check_columns, check_readable
from layers.sources.clients.features import features_of, properties_of
from layers.sources.clients.schema import FieldType, types_of
from layers.sources.network import Reason

META = dict.fromkeys(
    (
        *("boundaryID", "boundaryISO", "boundaryType", "boundaryYearRepresented"),
        *("boundaryLicense", "buildDate", "gjDownloadURL", "admUnitCount"),
    ),
    FieldType.TEXT,
)
"""Fields of the answer that are read; the service gives numbers as text too."""
_SHAPE = {"shapeName": FieldType.TEXT}
_OPTIONAL = dict.fromkeys(("shapeISO", "shapeID", "shapeGroup", "shapeType"), FieldType.TEXT)
LEVEL = "ADM3"


def boundaries(ask: Ask) -> Found | None:
    """Return the districts of a country, by name alone: the service has no p-codes.

    Parameters
    ----------
    ask : Ask
        Asks ``<url>/<country>/ADM3/``, and then for the file that it names.

    Returns
    -------
    Found or None
        GeoJSON as published; None where the release is the one that is kept.

    Raises
    ------
    DownloadError
        Where the service, the network or the columns are at fault, or the file has not as many
        units as the service says.
    """
    meta = ask.json(f"{ask.spec.url}/{ask.iso3}/{LEVEL}/")
    if not isinstance(meta, dict):
        raise ask.refuse(Reason.OTHER_FILE, Sentence("answered without a description"))
    check_readable(ask, types_of([meta]), META)
    if (meta["boundaryISO"], meta["boundaryType"]) != (ask.iso3, LEVEL):
        raise ask.refuse(
            Reason.OTHER_FILE,
            Sentence(
                "answered of {found}, not of {wanted}",
                found=f"{meta['boundaryISO']} {meta['boundaryType']}",
                wanted=f"{ask.iso3} {LEVEL}",
            ),
        )
    version = f"{meta['boundaryID']} {meta['buildDate']}"
    if ask.is_kept(version):
        return None
    body = ask.file(meta["gjDownloadURL"])
    features = features_of(ask, body)
    if str(len(features)) != meta["admUnitCount"]:
        raise ask.refuse(
            Reason.CUT_SHORT,
            Sentence("gives {got} of {count} units", got=len(features), count=meta["admUnitCount"]),
        )
    types = types_of(properties_of(features))
    check_columns(ask, types, _SHAPE, _OPTIONAL)
    return Found(
        body=body,
        format="geojson",
        name=f"geoboundaries_{ask.iso3.lower()}_{LEVEL.lower()}.geojson",
        url=meta["gjDownloadURL"],
        vintage=meta["boundaryYearRepresented"],
        licence=meta["boundaryLicense"],
        version=version,
        types=types,
        rows=len(features),
    )
