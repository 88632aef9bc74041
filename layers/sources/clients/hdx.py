"""HDX: the common operational boundaries (COD-AB) of a country, by p-code."""

from layers.errors import Sentence
from layers.sources.clients.asking import Ask, Found
from layers.sources.clients.ckan import dataset
from layers.sources.clients.columns import check_columns
from layers.sources.clients.features import features_of, properties_of, unzip_one
from layers.sources.clients.schema import FieldType, types_of
from layers.sources.network import Reason

BOUNDARIES = {"adm3_pcode": FieldType.TEXT, "adm3_name": FieldType.TEXT}
"""Properties of the third level that are read."""
_ZIPPED = b"PK\x03\x04"
_LEVEL = "admin3"


def boundaries(ask: Ask) -> Found | None:
    """Return the districts of the data set ``cod-ab-<country>``.

    Parameters
    ----------
    ask : Ask
        Asks ``package_show``, and then for the file in GeoJSON that it lists.

    Returns
    -------
    Found or None
        GeoJSON as published; None where the release is the one that is kept.

    Raises
    ------
    DownloadError
        Where the service, the network or the columns are at fault.
    """
    name = f"cod-ab-{ask.iso3.lower()}"
    listed = dataset(ask, name)
    files = [one for one in listed.resources if "geojson" in one.format]
    if len(files) != 1:
        raise ask.refuse(
            Reason.SCHEMA,
            Sentence(
                "lists {count} files in GeoJSON, not one; see {landing}",
                count=len(files),
                landing=ask.spec.landing,
            ),
        )
    (file,) = files
    if ask.is_kept(file.version):
        return None
    body = ask.file(file.url)
    if body.startswith(_ZIPPED):
        body = unzip_one(ask, body, _LEVEL)
    types = types_of(properties_of(features_of(ask, body)))
    check_columns(ask, types, BOUNDARIES, types)
    return Found(
        body=body,
        format="geojson",
        name=f"{name}.geojson",
        url=file.url,
        vintage=listed.vintage,
        licence=listed.licence,
        version=file.version,
        types=types,
        rows=len(features_of(ask, body)),
    )
