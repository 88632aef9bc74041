"""Who serves whom as one CSV: each row carries where it comes from, so that none is lost."""

import pandas as pd

from geoapp.answers.cells import ranges_of
from geoapp.exports.columns import columns_of, parents_of
from geoapp.exports.csv import csv_text
from geoapp.exports.provenance import provenance_of
from geoapp.words import say
from layers.built import Build
from layers.decide.distances import DETOUR
from layers.decide.focus import Plan
from layers.decide.scenario import Scenario
from layers.spec import Catalogue, CountryProfile

_CONSTANT = ("version", "construccion", "edicion", "escenario", "escenario_hash", "fecha")


def assignment_csv(
    plan: Plan,
    today: Plan | None,
    built: Build,
    scenario: Scenario,
    catalogue: Catalogue,
    country: CountryProfile,
    *,
    layers: tuple[str, ...],
    question: str,
    date: str,
) -> bytes:
    """Write a plan, one row per unit and office that serves it.

    Parameters
    ----------
    plan : Plan
        The plan.
    today : Plan, optional
        That of today's offices, to tell which units change.
    built : Build
        Names and version.
    scenario : Scenario
        Of the score.
    catalogue : Catalogue
        Declares the layers.
    country : CountryProfile
        Names today's offices and the sources of names.
    layers : tuple of str
        The people that are counted, and what is served where that is another layer of counts.
    question : str
        The address that asks it.
    date : str
        Day of the export, ISO 8601.

    Returns
    -------
    bytes
        UTF-8 with a byte order mark. A layer whose licence does not let it be passed on is left
        out, and named in ``dejado_fuera``; a count that may not be told is its range.
    """
    made = built.levels[plan.ground.level]
    columns = {
        column.name: column
        for column in columns_of(made.table, catalogue, country, scenario.shares)
    }
    open_layers = [name for name in layers if not columns[name].closed(catalogue)]
    left_out = tuple(name for name in layers if name not in open_layers)
    sources = [catalogue.source(source) for name in layers for source in columns[name].sources]
    table = _rows(plan, today, made.table.names, country)
    for name in open_layers:
        figures = plan.parts_of(made.table.layer(name)).round(3)
        ranges = ranges_of(made.table, name)
        if ranges is None:
            table[name] = figures
            continue
        told = plan.assignment["ubigeo"].map(ranges)
        # The middle of a range is what is computed with, and no figure.
        table[name], table[f"{name}_range"] = figures.mask(told.notna()), told
    table["distancia"] = (
        say("offices.estimate", "es", detour=DETOUR) if plan.ground.is_estimate else ""
    )
    table["fuentes"] = "; ".join(
        dict.fromkeys(f"{one.publisher}, {one.vintage}, {one.licence.value}" for one in sources)
    )
    origin = provenance_of(built, plan.ground.level, scenario, date, left_out)
    for name in (*_CONSTANT, "dejado_fuera"):
        table[name] = origin[name]
    table["pregunta"] = question
    return csv_text(table)


def _rows(
    plan: Plan, today: Plan | None, names: pd.DataFrame, country: CountryProfile
) -> pd.DataFrame:
    rows = plan.assignment
    units = names.loc[rows["ubigeo"]]
    offices = {office.id: office.name for office in country.offices}
    called = {unit: offices[office] for office, unit in reversed(plan.ground.today.items())}

    def name_of(site: str) -> str:
        return called.get(site) or str(names.at[site, "name"])

    table = pd.DataFrame({"ubigeo": rows["ubigeo"], "nombre": units["name"].to_numpy()})
    for parent in parents_of(plan.ground.level):
        table[parent] = units[parent].to_numpy()
    table["oficina_ubigeo"] = rows["office"]
    table["oficina"] = rows["office"].map(name_of)
    if today is not None:
        first = today.assignment.sort_values("share").groupby("ubigeo")["office"].last()
        table["oficina_de_hoy"] = rows["ubigeo"].map(first).map(name_of)
    table["parte"] = rows["share"].round(6)
    table["km_estimados"] = rows["distance"].round(1)
    table["alcance_km"] = plan.question.within
    table["al_alcance"] = rows["is_reached"].map({True: "sí", False: "no"})
    return table
