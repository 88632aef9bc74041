"""What the figures of Peru must add up to, and which differences are known, with their reason."""

from layers.catalogue.needs import NEEDS
from layers.spec import DeclaredTotal, Expectations, KnownDifference, KnownGap
from layers.terms import Discrepancy, Model, Unit

_TOTALS: tuple[DeclaredTotal, ...] = (
    DeclaredTotal(
        layer="population_people",
        value=33_396_698.0,
        origin="INEI, projection 2022, the sum of the 1,874 districts of the published file",
    ),
    DeclaredTotal(
        layer="population_2017_people",
        value=29_381_884.0,
        origin="INEI, Censos Nacionales 2017, population counted",
    ),
    DeclaredTotal(
        layer="venezuela_5y_people",
        value=51_933.0,
        origin="INEI, Censos Nacionales 2017, residence five years before, all Peru",
    ),
    DeclaredTotal(layer="venezuelan_people", figure="venezuelan_people"),
    DeclaredTotal(
        layer="venezuelan_people", figure="venezuelan_people_lima_callao", regions=("07", "15")
    ),
    *(
        DeclaredTotal(layer=layer.id, figure=layer.figure)
        for layer in NEEDS
        if layer.model is Model.PEOPLE_IN_NEED
    ),
)

# Each largest difference was measured on the build of 2026-11-21 and is rounded up.
_DIFFERENCES: tuple[KnownDifference, ...] = (
    # Districts are published with one decimal, so a mean of theirs is right within 0.05.
    KnownDifference(layer="nbi_any_pct", reason=Discrepancy.ROUNDED_PARTS, largest=0.05),
    KnownDifference(
        layer="food_vulnerability_index", reason=Discrepancy.COMPUTED_APART, largest=0.41
    ),
    KnownDifference(layer="poverty_pct", reason=Discrepancy.PUBLISHED_AS_GROUPS, largest=23.0),
    KnownDifference(layer="hdi", reason=Discrepancy.COMPUTED_APART, largest=0.022),
)

EXPECTED = Expectations(
    totals=_TOTALS,
    differences=_DIFFERENCES,
    rounding={Unit.PERCENT: 1e-6, Unit.INDEX_0_1: 5e-5},
    unmatched={
        # Since Alto Trujillo (130112) was created.
        "inei_limites_2025": (
            *("130101", "130102", "130103", "130104", "130105", "130106"),
            "130112",
        ),
    },
    # Named by where they lie; no source at hand says that they are water.
    gaps=(
        KnownGap(name="Lago Junín (Chinchaycocha)", lon=-76.123, lat=-11.015, km2=269.0),
        KnownGap(name="Laguna de Arapa", lon=-70.057, lat=-15.166, km2=133.2),
        KnownGap(name="Laguna de Parinacochas", lon=-73.692, lat=-15.291, km2=67.4),
        KnownGap(name="Laguna de Salinas", lon=-71.149, lat=-16.367, km2=61.6),
        KnownGap(name="Laguna de Langui y Layo", lon=-71.221, lat=-14.479, km2=54.1),
        KnownGap(name="Laguna de Umayo", lon=-70.181, lat=-15.736, km2=29.6),
    ),
)
