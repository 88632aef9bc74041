"""What a sheet tells of a unit, derived from what is declared."""

from dataclasses import dataclass

from geoapp.reports.report import Asked
from geoapp.words import say
from layers.spec import Catalogue, LayerSpec
from layers.table.units import UnitTable
from layers.terms import Model

_OTHERS = 10
"""Layers that stand for the context where a country names none."""


@dataclass(frozen=True)
class SectorRow:
    """A sector, or all of them where it has no name, and its layers: need, severity, deficit."""

    sector: str
    layers: tuple[str, ...]

    def title(self, language: str) -> str:
        """Return the name of the row."""
        name = say(f"sector.{self.sector}" if self.sector else "report.all_sectors", language)
        return name[:1].upper() + name[1:]


@dataclass(frozen=True)
class Told:
    """The layers of a sheet by section; only those that the level has."""

    heads: tuple[str, ...]
    """Residents, and people in need of any sector."""
    weighed: tuple[str, ...]
    sectors: tuple[SectorRow, ...]
    risk: tuple[tuple[str, ...], ...]
    """One row per index: that of the residents and, beside it, of the migrants."""
    context: tuple[str, ...]

    @property
    def every(self) -> tuple[str, ...]:
        """Every layer that is told, each once."""
        rows = [
            layer for row in (*(one.layers for one in self.sectors), *self.risk) for layer in row
        ]
        return tuple(
            dict.fromkeys(filter(None, (*self.heads, *self.weighed, *rows, *self.context)))
        )


def told_layers(asked: Asked, table: UnitTable) -> Told:
    """Return the layers that a sheet of a level tells.

    Parameters
    ----------
    asked : Asked
        Country, declarations and scenario.
    table : UnitTable
        The level.

    Returns
    -------
    Told
        Residents and joint need; what is weighed; need, severity and deficit of each sector;
        the indices of risk down to their categories; and what the country adds.
    """
    country, catalogue = asked.country, asked.catalogue
    has = table.sources
    weighed = tuple(layer for layer in asked.scenario.shares if layer in has)
    heads = (country.population, *_of_model(catalogue, Model.JOINT_NEED))
    sectors = tuple(_sector_rows(catalogue, table))
    risk = _risk_rows(catalogue, table)
    told = {
        *heads,
        *weighed,
        *(layer for row in (*(s.layers for s in sectors), *risk) for layer in row),
    }
    context = country.sheet or tuple(name for name in has if name not in told)[:_OTHERS]
    return Told(
        heads=tuple(layer for layer in heads if layer in has),
        weighed=weighed,
        sectors=sectors,
        risk=risk,
        context=tuple(layer for layer in context if layer in has),
    )


def _sector_rows(catalogue: Catalogue, table: UnitTable) -> list[SectorRow]:
    rows = []
    for sector in catalogue.sectors.values():
        need = _of_sector(catalogue, sector.id, Model.PEOPLE_IN_NEED)
        severity = _of_sector(catalogue, sector.id, Model.SECTOR_SEVERITY)
        found = tuple(
            name if name in table.sources else "" for name in (need, severity, sector.deficit or "")
        )
        if found[0]:
            rows.append(SectorRow(sector.id, found))
    joint = [
        next(iter(_of_model(catalogue, model)), "") for model in (Model.JOINT_NEED, Model.SEVERITY)
    ]
    if joint[0] in table.sources:
        rows.append(SectorRow("", (*joint, "")))
    return rows


def _risk_rows(catalogue: Catalogue, table: UnitTable) -> tuple[tuple[str, ...], ...]:
    columns = [
        list(_tree(catalogue, catalogue.layer(name), 2))
        for name in _of_model(catalogue, Model.RISK)
        if name in table.sources
    ]
    # The trees of residents and migrants have the same shape, and so stand side by side.
    return tuple(zip(*columns, strict=True)) if columns else ()


def _tree(catalogue: Catalogue, layer: LayerSpec, depth: int) -> tuple[str, ...]:
    if not layer.is_index:
        return ()
    below = layer.inputs if depth else ()
    parts = (_tree(catalogue, catalogue.layer(name), depth - 1) for name in below)
    return (layer.id, *(name for part in parts for name in part))


def _of_model(catalogue: Catalogue, model: Model) -> tuple[str, ...]:
    return tuple(layer.id for layer in catalogue.layers.values() if layer.model is model)


def _of_sector(catalogue: Catalogue, sector: str, model: Model) -> str:
    found = (
        layer.id
        for layer in catalogue.layers.values()
        if layer.sector == sector and layer.model is model
    )
    return next(found, "")
