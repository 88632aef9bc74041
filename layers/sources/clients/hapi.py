"""HDX HAPI: pages of rows by ``limit`` and ``offset``, refused where they are not as documented."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from layers.errors import Sentence
from layers.sources.clients.asking import Ask, Found, address
from layers.sources.clients.columns import check_columns
from layers.sources.clients.schema import FieldType, types_of, types_of_whole
from layers.sources.csv_text import csv_of
from layers.sources.network import Reason

Row = Mapping[str, Any]
MAX_PAGES = 500


def _texts(names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), FieldType.TEXT)


_PLACE = {
    **_texts("location_code admin1_code admin1_name admin2_code admin2_name resource_hdx_id"),
    **_texts("sector_code reference_period_start reference_period_end"),
    "admin_level": FieldType.NUMBER,
}
_OPTIONAL = {
    **_texts("location_name sector_name provider_admin1_name provider_admin2_name"),
    **dict.fromkeys(("location_ref", "admin1_ref", "admin2_ref"), FieldType.NUMBER),
    **dict.fromkeys(("has_hrp", "in_gho"), FieldType.TRUTH),
}
NEEDS = {**_PLACE, **_texts("category population_status"), "population": FieldType.NUMBER}
"""Fields of humanitarian-needs (v2) that are read."""
PRESENCE = {**_PLACE, **_texts("org_acronym org_name")}
"""Fields of operational-presence (v2) that are read."""
_PRESENCE_OPTIONAL = {**_OPTIONAL, **_texts("org_type_code org_type_description")}
_EVERYBODY = frozenset({"", "all", "total"})
"""Categories that are no part of the people; the filter of the service finds parts of words."""


def needs(ask: Ask) -> Found:
    """Return people in need by region and sector, one row a region.

    Parameters
    ----------
    ask : Ask
        Asks ``affected-people/humanitarian-needs``.

    Returns
    -------
    Found
        A CSV with p-code, name and one column of people in need per sector of the product. Of
        several releases the last one; a region without a row of its own is the sum of its
        provinces. Blank is not said, and never zero.

    Raises
    ------
    DownloadError
        Where the service, the network or the columns are at fault.
    """
    rows = _rows(ask, NEEDS, _OPTIONAL)
    kept = [
        row
        for row in rows
        if row["population_status"] == "INN"
        and str(row["category"] or "").strip().casefold() in _EVERYBODY
        and row["admin_level"] in (1, 2)
        and row["admin1_code"]
    ]
    if not kept:
        raise ask.refuse(
            Reason.NOTHING,
            Sentence(
                "has no people in need by region for {iso3} among {count} rows",
                iso3=ask.iso3,
                count=len(rows),
            ),
        )
    last, notes = _last_release(kept)
    sectors = dict(ask.spec.words)
    strange = sorted({str(row["sector_code"]) for row in last} - set(sectors))
    if strange:
        notes.append(
            Sentence(
                "sectors without a place here were left out: {names}", names=", ".join(strange)
            )
        )
    known = [row for row in last if row["sector_code"] in sectors]
    body = _by_region(ask, known, sectors, notes)
    return _found(ask, "needs", body, last, len(known), notes, rows)


def presence(ask: Ask) -> Found:
    """Return who works where in which sector, one row an organisation, sector and place.

    Parameters
    ----------
    ask : Ask
        Asks ``coordination-context/operational-presence``.

    Returns
    -------
    Found
        A CSV in the columns of a 5W table, without any people: the service does not count them.

    Raises
    ------
    DownloadError
        Where the service, the network or the columns are at fault.
    """
    rows = _rows(ask, PRESENCE, _PRESENCE_OPTIONAL)
    placed = [row for row in rows if row["admin1_code"]]
    if not placed:
        raise ask.refuse(
            Reason.NOTHING,
            Sentence(
                "has no organisation by region for {iso3} among {count} rows",
                iso3=ask.iso3,
                count=len(rows),
            ),
        )
    last, notes = _last_release(placed)
    sectors = dict(ask.spec.words)
    lines = sorted(
        {
            (
                str(row["org_name"] or row["org_acronym"]),
                sectors.get(str(row["sector_code"]), str(row["sector_code"])),
                str(row["admin2_code"] or row["admin1_code"]),
                str(row["reference_period_end"] or row["reference_period_start"])[:10],
            )
            for row in last
        }
    )
    body = csv_of(("organizacion", "sector", "pcode", "fecha"), lines)
    return _found(ask, "presence", body, last, len(lines), notes, rows)


def _rows(ask: Ask, needed: Row, optional: Row) -> list[Row]:
    """Return the rows of all pages; the last page is the one without any."""
    if not ask.identifier:
        raise ask.refuse(
            Reason.REFUSED,
            Sentence(
                "wants to know who asks; set GEOAPP_HAPI_IDENTIFIER to what {landing} gives for a "
                "name and an address",
                landing="https://hapi.humdata.org/docs",
            ),
        )
    rows: list[Row] = []
    for _ in range(MAX_PAGES):
        page = _page(ask, len(rows))
        if not page:
            break
        if rows and page[0] == rows[0]:
            raise ask.refuse(Reason.OTHER_FILE, Sentence("gives its first page again and again"))
        check_columns(ask, types_of_whole(page, needed), needed, optional)
        rows += page
    else:
        raise ask.refuse(Reason.TOO_LONG, Sentence("has more than {most} pages", most=MAX_PAGES))
    if not rows:
        raise ask.refuse(Reason.NOTHING, Sentence("has nothing for {iso3}", iso3=ask.iso3))
    return [row for row in rows if row["location_code"] == ask.iso3]


def _page(ask: Ask, offset: int) -> Sequence[Row]:
    query = {
        "location_code": ask.iso3,
        "output_format": "json",
        "app_identifier": ask.identifier,
        "limit": ask.spec.page,
        "offset": offset,
    }
    answer = ask.json(address(ask.spec.url, query))
    page = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(page, list) or not all(isinstance(row, dict) for row in page):
        said = answer.get("detail") if isinstance(answer, dict) else None
        raise ask.refuse(
            Reason.REFUSED,
            Sentence("answered without rows: {said}", said=str(said or answer)[:200]),
        )
    return page


def _last_release(rows: Iterable[Row]) -> tuple[list[Row], list[Sentence]]:
    """Return the rows of the last release, since the service gives all of them together."""
    by_release: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        end, start = (str(row[f"reference_period_{one}"] or "") for one in ("end", "start"))
        by_release.setdefault((end, start, str(row["resource_hdx_id"])), []).append(row)
    *older, last = sorted(by_release)
    notes = [
        Sentence(
            "the release of {start} to {end} is older and was left out",
            start=start[:10],
            end=end[:10],
        )
        for end, start, _ in older
    ]
    return by_release[last], notes


def _by_region(
    ask: Ask, rows: Sequence[Row], sectors: Mapping[str, str], notes: list[Sentence]
) -> bytes:
    names: dict[str, str] = {}
    own: dict[tuple[str, str], float] = {}
    parts: dict[tuple[str, str], float] = {}
    for row in rows:
        region, sector = str(row["admin1_code"]), sectors[row["sector_code"]]
        names.setdefault(region, str(row["admin1_name"] or ""))
        people = row["population"]
        if people is None:
            continue
        if row["admin_level"] == 2:
            parts[region, sector] = parts.get((region, sector), 0.0) + people
        elif (region, sector) in own:
            raise ask.refuse(
                Reason.OTHER_FILE,
                Sentence(
                    "gives {region} twice for {sector}, so that it cannot be told which one counts",
                    region=region,
                    sector=sector,
                ),
            )
        else:
            own[region, sector] = people
    summed = sorted({region for region, sector in parts if (region, sector) not in own})
    if summed:
        notes.append(Sentence("added up from provinces: {names}", names=", ".join(summed)))
    cells = parts | own
    columns = tuple(dict.fromkeys(sectors.values()))
    lines = [
        (region, names[region], *(_whole(cells.get((region, sector))) for sector in columns))
        for region in sorted(names)
    ]
    return csv_of(("pcode", "departamento", *(f"pin_{sector}" for sector in columns)), lines)


def _whole(people: float | None) -> str:
    return "" if people is None else f"{people:.0f}"


def _found(
    ask: Ask,
    name: str,
    body: bytes,
    rows: Sequence[Row],
    count: int,
    notes: list[Sentence],
    seen: Sequence[Row],
) -> Found:
    last = rows[0]
    return Found(
        body=body,
        format="csv",
        name=f"hapi_{name}_{ask.iso3.lower()}.csv",
        url=ask.spec.url,
        vintage=str(last["reference_period_end"] or last["reference_period_start"] or "")[:10],
        licence="",
        types=types_of(seen),
        rows=count,
        notes=tuple(notes),
    )
