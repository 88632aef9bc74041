"""Declarations: what a source, a layer, a sector, a hazard and a country are.

Frozen, keyword-only and checked when they are made, so that an illegal pair
fails at import. Their words (titles, descriptions, caveats) live in
``geoapp/text`` under keys that follow from the id: ``layer.<id>.title``.
"""

from layers.spec.awaited import Accepted, AwaitedColumn, AwaitedSpec, LoadedFile
from layers.spec.catalogue import Catalogue
from layers.spec.country import CountryProfile, Office, Vintage
from layers.spec.disclosure import DisclosureRules
from layers.spec.expectations import DeclaredTotal, Expectations, KnownDifference, KnownGap
from layers.spec.frame import Pillar, ResultsFrame, objectives_of, sectors_of
from layers.spec.hazard import HazardSpec
from layers.spec.layer import LayerSpec, Limits, Published, Rows, SectorSpec, Vocabulary
from layers.spec.series import SeriesSpec
from layers.spec.service import ServiceSpec, Takes
from layers.spec.source import PointsSpec, SourceSpec

__all__ = [
    "Accepted",
    "AwaitedColumn",
    "AwaitedSpec",
    "Catalogue",
    "CountryProfile",
    "DeclaredTotal",
    "DisclosureRules",
    "Expectations",
    "HazardSpec",
    "KnownDifference",
    "KnownGap",
    "LayerSpec",
    "Limits",
    "LoadedFile",
    "Office",
    "Pillar",
    "PointsSpec",
    "Published",
    "ResultsFrame",
    "Rows",
    "SectorSpec",
    "SeriesSpec",
    "ServiceSpec",
    "SourceSpec",
    "Takes",
    "Vintage",
    "Vocabulary",
    "objectives_of",
    "sectors_of",
]
