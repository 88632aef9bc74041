"""The words of the field, as closed lists."""

from layers.terms.findings import (
    Discrepancy,
    FileKind,
    Lacking,
    Licence,
    MonthRule,
    NumberFault,
    RowFault,
    RowState,
)
from layers.terms.scores import Aggregation, Cause, Choice, Transform
from layers.terms.subject import Dimension, Direction, PlaceKind, Sensitivity
from layers.terms.times import Period, Season
from layers.terms.units import AdminLevel, CodeScheme, Unit
from layers.terms.ways import Combine, Method, MissingPolicy, Model, ToUnit

__all__ = [
    "AdminLevel",
    "Aggregation",
    "Cause",
    "Choice",
    "CodeScheme",
    "Combine",
    "Dimension",
    "Direction",
    "Discrepancy",
    "FileKind",
    "Lacking",
    "Licence",
    "Method",
    "MissingPolicy",
    "Model",
    "MonthRule",
    "NumberFault",
    "Period",
    "PlaceKind",
    "RowFault",
    "RowState",
    "Season",
    "Sensitivity",
    "ToUnit",
    "Transform",
    "Unit",
]
