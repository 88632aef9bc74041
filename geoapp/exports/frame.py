"""The one frame that every format writes: rows, shapes, dictionary and provenance."""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from geoapp.answers.build import level_of_build
from geoapp.answers.cells import ranges_of
from geoapp.answers.score_classes import score_breaks
from geoapp.exports.columns import Column, columns_of, parents_of
from geoapp.exports.provenance import formulas_of, provenance_of
from geoapp.words import say, translate, words
from layers.built import Build, LevelBuild
from layers.codes import pcode
from layers.decide.scenario import Scenario
from layers.decide.score import Ranking, rank_units
from layers.errors import ExportError
from layers.reading import SourceStatus
from layers.spec import Catalogue, CountryProfile, LayerSpec, SourceSpec
from layers.table.confidence import unit_confidence
from layers.terms import AdminLevel

_SCORE_DECIMALS = 6
_AREA_DECIMALS = 3
_CONFIDENCE_DECIMALS = 2


@dataclass(frozen=True)
class ExportFrame:
    """What a file says, whatever its format."""

    level: AdminLevel
    title: str
    rows: pd.DataFrame
    """One row per unit in the order of ubigeo; missing is null and never zero."""
    shapes: gpd.GeoSeries | None
    """In the order of the rows, full resolution, EPSG:4326; None where it may not be passed on."""
    outlines: gpd.GeoSeries | None
    """The same shapes as the page draws them, simplified with shared borders kept."""
    dictionary: pd.DataFrame
    """One row of text per column, those left out included."""
    sources: pd.DataFrame
    """One row per source that the build asked for, with what became of it."""
    layers: tuple[LayerSpec, ...]
    """Declared layers whose figures are in the rows, in their order."""
    provenance: dict[str, str]
    score_breaks: tuple[float, ...]
    """Inner limits of the classes of the score, as on the page."""
    left_out: tuple[str, ...]
    """Layers and other columns that no stated licence lets pass on."""
    closed_sources: tuple[str, ...]
    """Sources of what was left out."""
    date: str


def make_frame(
    built: Build,
    level: AdminLevel,
    scenario: Scenario,
    catalogue: Catalogue,
    country: CountryProfile,
    *,
    date: str,
    everything: bool = False,
) -> ExportFrame:
    """Gather what an export of a level says.

    Figures, names and geometry of a source that is not redistributable are left
    out, and named; rank, score and models, which are computed from several
    sources, stay.

    Parameters
    ----------
    built : Build
        The build.
    level : AdminLevel
        The level of the rows.
    scenario : Scenario
        The weights of rank and score.
    catalogue : Catalogue
        Declares layers and sources.
    country : CountryProfile
        Names the sources of boundaries and names.
    date : str
        Day of the export, ISO 8601.
    everything : bool
        Keep what may not be passed on, for use inside the organisation.

    Returns
    -------
    ExportFrame
        The same for the same arguments, whatever the order of the rows of the build.
    """
    made = level_of_build(built, level)
    columns = columns_of(made.table, catalogue, country, scenario.shares)
    closed = {} if everything else {column.name: column.closed(catalogue) for column in columns}
    left_out = {name for name, sources in closed.items() if sources}
    ranking = rank_units(made.table, scenario, catalogue)
    rows = _rows(made, ranking, country).drop(columns=list(left_out), errors="ignore")
    named = tuple(
        column.name for column in columns if column.name in left_out and not column.is_beside
    )
    described = pd.DataFrame(
        [_described(column, catalogue, column.name not in left_out) for column in columns]
    )
    return ExportFrame(
        level=level,
        title=f"{country.own_name}: {say(f'levels.{level}', 'es')}",
        rows=rows.reset_index(drop=True),
        shapes=None if "geometry" in left_out else made.units.geometry.loc[rows["ubigeo"]],
        outlines=None if "geometry" in left_out else made.outlines.loc[rows["ubigeo"]],
        dictionary=described,
        sources=pd.DataFrame(
            [_source(catalogue.source(name), status) for name, status in built.statuses.items()]
        ),
        layers=tuple(catalogue.layer(name) for name in made.table.sources if name not in left_out),
        provenance=provenance_of(built, level, scenario, date, named)
        | {"licencias": "; ".join(licences_of(described))}
        | formulas_of(made.table, catalogue),
        score_breaks=score_breaks(built, level, catalogue),
        left_out=named,
        closed_sources=tuple(sorted({source for found in closed.values() for source in found})),
        date=date,
    )


def shapes_of(frame: ExportFrame) -> gpd.GeoSeries:
    """Return the shapes of a frame for a format that is nothing without them.

    Raises
    ------
    ExportError
        Where no licence lets them be passed on.
    """
    if frame.shapes is None:
        raise ExportError(
            "the shapes may not be passed on ({sources}), and this format is nothing without them; "
            "use csv, hxl or xlsx",
            sources=", ".join(frame.closed_sources),
        )
    return frame.shapes


def licences_of(dictionary: pd.DataFrame) -> tuple[str, ...]:
    """Return the licences of the columns that a file has, each once, in their order."""
    included = dictionary.loc[dictionary["incluida"] == "sí", "licencia"]
    return tuple(dict.fromkeys(name for text in included if text for name in text.split("; ")))


def _rows(made: LevelBuild, ranking: Ranking, country: CountryProfile) -> pd.DataFrame:
    table = made.table
    codes = table.values.index.sort_values()
    names = table.names.loc[codes, ["reniec", "name", *parents_of(table.level)]]
    standing = ranking.units.loc[codes]
    trust = unit_confidence(table.confidence, dict(ranking.scenario.weights))
    rows = {
        "ubigeo": pd.Series(codes, index=codes, dtype=object),
        "pcode": pd.Series([pcode(code, country.pcode_prefix) for code in codes], index=codes),
        **{str(name): names[name].astype(object).replace("", None) for name in names},
        "area_km2": made.units.loc[codes, "area_km2"].round(_AREA_DECIMALS),
        "rank": standing["rank"].astype("Int64"),
        **{name: standing[name].round(_SCORE_DECIMALS) for name in ("score", "low", "high")},
        "confidence": trust.loc[codes].round(_CONFIDENCE_DECIMALS),
    }
    for layer in table.sources:
        rows[layer] = table.values.loc[codes, layer].astype(float)
        if (ranges := ranges_of(table, layer)) is not None:
            rows[f"{layer}_range"] = ranges.reindex(codes)
            # The middle of a range is what is computed with, and no figure.
            rows[layer] = rows[layer].mask(rows[f"{layer}_range"].notna())
        rows[f"{layer}_method"] = table.methods.loc[codes, layer].astype(str)
        trust = table.confidence.loc[codes, layer].round(_CONFIDENCE_DECIMALS)
        # What is not known is neither sure nor unsure.
        rows[f"{layer}_confidence"] = trust.where(rows[layer].notna())
    return pd.DataFrame(rows, index=codes)


def _described(column: Column, catalogue: Catalogue, is_included: bool) -> dict[str, str]:
    sources = [catalogue.source(source) for source in column.sources]
    notes = [column.note]
    if column.closed(catalogue):
        notes.append(words("es")[f"export.note.{'internal' if is_included else 'withheld'}"])
    return {
        "columna": column.name,
        "titulo": column.title,
        "unidad": column.unit,
        "hxl": column.tag,
        "incluida": "sí" if is_included else "no",
        "fuente": "; ".join(source.id for source in sources),
        "publicador": "; ".join(source.publisher for source in sources),
        "fecha": "; ".join(source.vintage for source in sources),
        "licencia": "; ".join(source.licence.value for source in sources),
        "enlace": "; ".join(source.landing for source in sources),
        "cita": "; ".join(source.citation for source in sources),
        "metodo": column.method,
        "nota": " ".join(filter(None, notes)),
    }


def _source(source: SourceSpec, status: SourceStatus) -> dict[str, str]:
    return {
        "id": source.id,
        "publicador": source.publisher,
        "fecha": source.vintage,
        "licencia": source.licence.value,
        "enlace": source.landing,
        "cita": source.citation,
        "sha256": source.sha256,
        "lugar": status.place or "",
        "problema": translate(status.problem or "", "es"),
    }
