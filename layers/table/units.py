"""The table of units: one row per unit of a level, one column per layer."""

from dataclasses import dataclass

import pandas as pd

from layers.errors import UnknownIdError, UnknownUbigeoError, nearest
from layers.terms import AdminLevel, Method


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
        if ubigeo not in self.names.index:
            near = nearest(ubigeo, [str(code) for code in self.names.index])
            raise UnknownUbigeoError(f"no {self.level} bears the UBIGEO {ubigeo!r}{near}")
        return {str(key): str(value) for key, value in self.names.loc[ubigeo].items()}

    def layer(self, layer_id: str) -> pd.Series:
        """Return one column, or say which layers are near its name."""
        if layer_id not in self.values.columns:
            near = nearest(layer_id, [str(name) for name in self.values.columns])
            raise UnknownIdError(f"no layer {layer_id!r} in the {self.level} table{near}")
        return self.values[layer_id]


def methods_of(values: pd.DataFrame, method: dict[str, Method]) -> pd.DataFrame:
    """Return the method of each cell: the layer's own, or missing.

    Parameters
    ----------
    values : DataFrame
        One column per layer.
    method : dict
        From the layer to the method of its figures.

    Returns
    -------
    DataFrame of str
        Same shape.
    """
    return pd.DataFrame(
        {
            layer: values[layer]
            .isna()
            .map({True: Method.MISSING.value, False: method[layer].value})
            for layer in values.columns
        },
        index=values.index,
    )
