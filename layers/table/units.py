"""The table of units: one row per unit of a level, one column per layer."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from layers.errors import UnknownIdError, UnknownUbigeoError, nearest
from layers.spec import Catalogue, LayerSpec
from layers.table.cell_notes import (
    ends_at,
    full_coverage,
    no_parents,
    no_ranges,
    nothing_masked,
    rows_at,
)
from layers.terms import AdminLevel, Method


class _Cells(NamedTuple):
    values: npt.NDArray[np.float64]
    methods: pd.api.extensions.ExtensionArray
    """As the table holds them: a text of Python for each cell would be most of its memory."""
    confidence: npt.NDArray[np.float64]


@dataclass(frozen=True)
class UnitTable:
    """Values of one level with the method of each cell."""

    level: AdminLevel
    names: pd.DataFrame
    """By ubigeo: name, province, region, reniec (code of the other scheme); empty where none."""
    values: pd.DataFrame
    """By ubigeo, one float column per layer; missing is NaN and never zero."""
    methods: pd.DataFrame
    """Same shape, the Method of each cell as text."""
    sources: dict[str, tuple[str, ...]]
    """From the layer to the ids of the sources that its figures at this level rest on."""
    parents: pd.DataFrame = field(default_factory=no_parents)
    """layer, ubigeo, parent, share, basis of each figure derived from units of another vintage:
    of a count, the share of the parent's count; of a rate, the parent's part in the mean; and
    value, the parent's figure as published, missing where the figure is a ratio of others."""

    ranges: pd.DataFrame = field(default_factory=no_ranges)
    """layer, ubigeo, low, high over the declared alternatives of a placement, and whether the
    unit holds as many as its ceiling lets it."""

    coverage: pd.DataFrame = field(default_factory=full_coverage)
    """layer, ubigeo, coverage (0 to 1) of the figures that rest on a part of their unit only."""

    confidence: pd.DataFrame = field(default_factory=pd.DataFrame)
    """By ubigeo, one column per layer, 0 to 1; of a missing figure 0."""

    masked: pd.DataFrame = field(default_factory=nothing_masked)
    """layer, ubigeo, low, high, is_range of each count that the public edition masks: a range is
    printed as it is, any other count is rounded. Empty in the full edition."""

    @cached_property
    def named(self) -> dict[str, dict[str, str]]:
        """The names of each unit by its code, as `names_of`: lists ask for hundreds."""
        columns = {str(name): column.tolist() for name, column in self.names.items()}
        rows = zip(*([str(name) for name in names] for names in columns.values()), strict=True)
        codes = (str(code) for code in self.names.index)
        return {
            code: dict(zip(columns, row, strict=True))
            for code, row in zip(codes, rows, strict=True)
        }

    def names_of(self, ubigeo: str) -> dict[str, str]:
        """Return the names of one unit.

        Parameters
        ----------
        ubigeo : str
            Code of a unit of this level.

        Returns
        -------
        dict
            name, province, region and reniec, empty where there is none.

        Raises
        ------
        UnknownUbigeoError
            Where the level has no such unit.
        """
        if ubigeo not in self.named:
            near = nearest(ubigeo, [str(code) for code in self.names.index])
            raise UnknownUbigeoError(
                "no {level} bears the UBIGEO {ubigeo!r}{near}",
                level=self.level,
                ubigeo=ubigeo,
                near=near,
            )
        return dict(self.named[ubigeo])

    @cached_property
    def _cells(self) -> dict[str, "_Cells"]:
        """By layer its cells as arrays: a card asks for every layer of one unit at once."""
        return {
            str(layer): _Cells(
                self.values[layer].to_numpy(dtype=float),
                self.methods[layer].array,
                self.confidence[layer].to_numpy(dtype=float)
                if layer in self.confidence
                else np.zeros(len(self.values)),
            )
            for layer in self.values
        }

    @cached_property
    def kept(self) -> dict[Hashable, Any]:
        """What was worked out of this table, under a name of who works it out."""
        return {}

    @cached_property
    def is_own(self) -> pd.DataFrame:
        """Which figures are measured or counted in the unit itself, same shape: made once."""
        return self.methods.isin([Method.OBSERVED.value, Method.ZONAL.value])

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {str(code): row for row, code in enumerate(self.values.index)}

    def cell(self, ubigeo: str, layer_id: str) -> tuple[float, str, float]:
        """Return value, method and confidence of a figure.

        Parameters
        ----------
        ubigeo : str
            A unit of this level.
        layer_id : str
            A layer.

        Returns
        -------
        tuple
            A missing value is NaN.
        """
        cells, row = self._cells[layer_id], self._rows[ubigeo]
        return float(cells.values[row]), str(cells.methods[row]), float(cells.confidence[row])

    @cached_property
    def _parents_at(self) -> dict[tuple[str, str], list[int]]:
        """Rows of ``parents`` by unit and layer: a sheet asks for every layer at once."""
        return rows_at(self.parents)

    @cached_property
    def _ranges_at(self) -> dict[tuple[str, str], tuple[float, float, bool]]:
        return ends_at(self.ranges, "is_capped")

    def parents_of(self, ubigeo: str, layer_id: str) -> list[dict[str, str | float]]:
        """Return the units that a derived figure comes from.

        Parameters
        ----------
        ubigeo : str
            A unit of this level.
        layer_id : str
            A layer.

        Returns
        -------
        list of dict
            ubigeo, share and basis of each parent; empty for a figure of the unit's own.
        """
        found = self._parents_at.get((ubigeo, layer_id))
        if found is None:
            return []
        rows = self.parents.iloc[found]
        return [
            {"ubigeo": str(parent), "share": float(share), "basis": str(basis)}
            for parent, share, basis in zip(
                rows["parent"], rows["share"], rows["basis"], strict=True
            )
        ]

    def range_of(self, ubigeo: str, layer_id: str) -> tuple[float, float, bool] | None:
        """Return low and high of a figure, and whether it is at its ceiling.

        Parameters
        ----------
        ubigeo : str
            A unit of this level.
        layer_id : str
            A layer.

        Returns
        -------
        tuple or None
            (low, high, is_capped); None where the figure has no alternatives.
        """
        return self._ranges_at.get((ubigeo, layer_id))

    @cached_property
    def _masked_at(self) -> dict[tuple[str, str], tuple[float, float, bool]]:
        return ends_at(self.masked, "is_range")

    def mask_of(self, ubigeo: str, layer_id: str) -> tuple[float, float, bool] | None:
        """Return what the public edition lets be known of a count.

        Parameters
        ----------
        ubigeo : str
            A unit of this level.
        layer_id : str
            A layer.

        Returns
        -------
        tuple or None
            (low, high, is_range); None where the figure is shown as it is.
        """
        return self._masked_at.get((ubigeo, layer_id))

    def coverage_of(self, ubigeo: str, layer_id: str) -> float:
        """Return the share of a unit that its figure rests on, 0 to 1."""
        rows = self.coverage
        rows = rows[(rows["ubigeo"] == ubigeo) & (rows["layer"] == layer_id)]
        return float(rows["coverage"].iloc[0]) if len(rows) else 1.0

    @cached_property
    def _guests(self) -> dict[str, frozenset[str]]:
        """By layer, the units that the vintage of its figures does not have."""
        guests = {}
        for layer, rows in self.parents.groupby("layer"):
            own = set(rows.loc[rows["ubigeo"] == rows["parent"], "ubigeo"])
            guests[str(layer)] = frozenset(set(rows["ubigeo"]) - own)
        return guests

    def borrowers(self, layer: LayerSpec, catalogue: Catalogue) -> set[str]:
        """Return the units whose figure is only that of the units they were made from.

        Parameters
        ----------
        layer : LayerSpec
            The layer.
        catalogue : Catalogue
            Declares its inputs, whose borrowed figures it inherits.

        Returns
        -------
        set of str
            Units that the vintage of the figure does not have.
        """
        found = set(self._guests.get(layer.id, ()))
        for name in layer.inputs:
            found |= self.borrowers(catalogue.layer(name), catalogue)
        return found

    def as_published(self, layer: LayerSpec) -> pd.Series:
        """Return the figures of a layer on the units that they were published for.

        Parameters
        ----------
        layer : LayerSpec
            Tells counts from rates.

        Returns
        -------
        Series of float
            Without the units that hold figures of others; a count that was divided is whole.
        """
        rows = self.parents[self.parents["layer"] == layer.id]
        is_own = rows["ubigeo"] == rows["parent"]
        own = rows[is_own].set_index("ubigeo")["share"]
        guests = set(rows["ubigeo"]) - set(own.index)
        values = self.layer(layer.id).drop(index=sorted(guests))
        if layer.unit.is_extensive:
            values = values / own.reindex(values.index).fillna(1.0)
        return values

    def layer(self, layer_id: str) -> pd.Series:
        """Return one column, or say which layers are near its name."""
        if layer_id not in self.values.columns:
            near = nearest(layer_id, [str(name) for name in self.values.columns])
            raise UnknownIdError(
                "no layer {layer_id!r} in the {level} table{near}",
                layer_id=layer_id,
                level=self.level,
                near=near,
            )
        return self.values[layer_id]
