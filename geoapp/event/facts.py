"""An exposure as plain data: figures, places and where they come from."""

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from layers.built import Build
from layers.decide.event import Exposure
from layers.decide.event_ground import EventLayers
from layers.errors import EventError
from layers.indicators.relief import relief_for
from layers.spec import Catalogue, CountryProfile
from layers.table.units import UnitTable
from layers.terms import Model


def event_layers(catalogue: Catalogue, country: CountryProfile) -> EventLayers:
    """Return the layers that an exposure is made of, as the catalogue declares them.

    Parameters
    ----------
    catalogue : Catalogue
        Declares migrants and people in need by their models.
    country : CountryProfile
        Names the layer of the population.

    Returns
    -------
    EventLayers
        Sectors in the order of the catalogue, the joint figure last.

    Raises
    ------
    EventError
        Where no layer of migrants is declared.
    """
    by_model = {
        model: [x.id for x in catalogue.layers.values() if x.model is model] for model in Model
    }
    if not by_model[Model.MIGRANTS_NOW]:
        raise EventError("no layer of migrants is declared; add one to the catalogue")
    need = [*by_model[Model.PEOPLE_IN_NEED], *by_model[Model.JOINT_NEED]]
    return EventLayers(
        people=country.population,
        migrants=by_model[Model.MIGRANTS_NOW][0],
        need={layer.removeprefix("pin_"): layer for layer in need},
    )


def brief_of(
    built: Build,
    catalogue: Catalogue,
    exposed: Exposure,
    profile: CountryProfile,
    *,
    with_facilities: bool = True,
) -> dict[str, Any]:
    """Return an exposure as ``geoapp event --json`` prints it.

    Parameters
    ----------
    built : Build
        The build that it was made from.
    catalogue : Catalogue
        Its declarations.
    exposed : Exposure
        The answer of the science.
    profile : CountryProfile
        Names the offices.
    with_facilities : bool
        List them, thousands in a large event, and not their number by category alone.

    Returns
    -------
    dict
        docs/cli.md tells every key.
    """
    made = built.levels[next(iter(built.levels))]
    footprint = exposed.footprint
    return {
        "footprint": {
            "kind": footprint.kind.value,
            "is_rough": footprint.is_rough,
            "source": footprint.source,
            "unmatched": list(footprint.unmatched),
        },
        "bands": [_band(exposed, place) for place in range(len(footprint.bands))],
        "units": _units(exposed, made.table.named),
        "by_office": _offices(exposed, profile),
        "totals": {
            "units": int(exposed.units["ubigeo"].nunique()),
            **_figures(exposed.totals.to_dict()),
            "strong": _strong(exposed.strong),
            "relief_per_day": _relief(exposed.totals),
            "deaths": _deaths(exposed.deaths_magnitude),
        },
        **({"facilities": _rows(exposed.facilities)} if with_facilities else {}),
        # One without a category counts too: the page tells their sum.
        "facilities_by_category": exposed.facilities["category"]
        .fillna("")
        .value_counts()
        .to_dict(),
        "warehouses": _rows(exposed.warehouses),
        "provenance": _provenance(built, made.table, exposed, event_layers(catalogue, profile)),
        "unknown": {
            "figures": exposed.unknown,
            "facilities_without_point": exposed.facilities_without_point,
        },
    }


def _units(exposed: Exposure, named: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    """Return the units, of thousands of figures: column by column and not one by one."""
    told = {
        str(name): [None if value != value else value for value in column.tolist()]
        for name, column in exposed.units.items()
    }
    need = _needs(tuple(told))
    pins = zip(*(told[key] for key in need.values()), strict=True)
    ends = zip(told["displaced_low"], told["displaced_high"], strict=True)
    return [
        {
            "ubigeo": ubigeo,
            "name": named[ubigeo]["name"],
            "province": named[ubigeo]["province"],
            "region": named[ubigeo]["region"],
            "band": band,
            "share": share,
            "basis": basis,
            "people": people,
            "migrants": migrants,
            "host": host,
            "pin": dict(zip(need, pin, strict=True)),
            "displaced": {"low": low, "high": high},
            "office": office,
            "office_km": round(km, 1),
        }
        for ubigeo, band, share, basis, people, migrants, host, pin, (low, high), office, km in zip(
            *(told[name] for name in _OF_UNIT),
            pins,
            ends,
            told["office"],
            told["office_km"],
            strict=True,
        )
    ]


_OF_UNIT = ("ubigeo", "band", "share", "basis", "people", "migrants", "host")


def _offices(exposed: Exposure, profile: CountryProfile) -> list[dict[str, Any]]:
    """Return the offices that answer, that of most people first."""
    names = {office.id: office.name for office in profile.offices}
    rows = exposed.by_office.sort_values("people", ascending=False).to_dict("index")
    return [
        {
            "office": office,
            "name": names[str(office)],
            "units": int(row["units"]),
            **_figures(row),
        }
        for office, row in rows.items()
    ]


def _provenance(
    built: Build, table: UnitTable, exposed: Exposure, layers: EventLayers
) -> dict[str, Any]:
    basis = exposed.units.drop_duplicates("ubigeo")["basis"].value_counts()
    return {
        "build": built.hash,
        "version": built.version,
        "level": table.level.value,
        "shares": {str(name): int(count) for name, count in basis.items()},
        "displaced_rates": "assumption",
        "layers": layers.all,
        "sources": {layer: list(table.sources.get(layer, ())) for layer in layers.all.values()},
        "places": {
            name: [str(source) for source in places["source"].unique()]
            for name, places in (
                ("facilities", exposed.facilities),
                ("warehouses", exposed.warehouses),
            )
        },
    }


def _band(exposed: Exposure, place: int) -> dict[str, Any]:
    band = exposed.footprint.bands[place]
    row = exposed.by_band.loc[band.id].to_dict()
    low, high = exposed.displaced[band.id]
    return {
        "id": band.id,
        "low": band.low,
        "high": None if band.high is None or math.isinf(band.high) else band.high,
        "units": int(row["units"]),
        **_figures(row),
        "displaced_rate": {"low": low, "high": high},
    }


def _figures(row: Mapping[Any, Any]) -> dict[str, Any]:
    need = _needs(tuple(row))
    return {
        "people": _known(row["people"]),
        "migrants": _known(row["migrants"]),
        "host": _known(row["host"]),
        "pin": {sector: _known(row[key]) for sector, key in need.items()},
        "displaced": {
            "low": _known(row["displaced_low"]),
            "high": _known(row["displaced_high"]),
        },
    }


@lru_cache(maxsize=16)
def _needs(columns: tuple[Any, ...]) -> dict[str, Any]:
    """Return the columns of people in need by their sector."""
    return {key.removeprefix("pin_"): key for key in columns if str(key).startswith("pin_")}


def _strong(found: "pd.Series[float] | None") -> dict[str, Any] | None:
    if found is None:
        return None
    return {"units": int(found["units"]), **_figures(found.to_dict())}


def _relief(totals: "pd.Series[float]") -> dict[str, Any]:
    """Return litres and kilocalories a day for all who are exposed and for the displaced."""
    groups = {
        "exposed": "people",
        "displaced_low": "displaced_low",
        "displaced_high": "displaced_high",
    }
    return {name: _daily(_known(totals[column])) for name, column in groups.items()}


def _daily(people: float | None) -> dict[str, float | None]:
    need = None if people is None else relief_for(people)
    return {
        "water_litres": need.water_litres if need else None,
        "kcal": need.kcal if need else None,
    }


def _deaths(magnitude: int | None) -> dict[str, int] | None:
    if magnitude is None:
        return None
    return {"from": 0 if magnitude < 0 else 10**magnitude, "to": 10 ** (magnitude + 1)}


def _rows(found: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as plain data; of thousands, so that columns are turned and not rows."""
    columns = (column.to_numpy(dtype=object, na_value=None).tolist() for _, column in found.items())
    names = [str(name) for name in found]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _known(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else float(value)
