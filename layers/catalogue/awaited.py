"""Data that is awaited: its place, its template and the layers that it would feed.

Layers stand here and not in the catalogue, which takes them in once their file is loaded: a
layer that is missing everywhere would be an empty column of every export.
"""

from layers.catalogue.sectors import SECTORS
from layers.errors import Sentence
from layers.spec import Accepted, AwaitedColumn, AwaitedSpec, LayerSpec
from layers.terms import (
    AdminLevel,
    Dimension,
    Direction,
    FileKind,
    Model,
    Sensitivity,
    ToUnit,
    Unit,
)

_TABLES = ("csv", "xlsx")
_MAPS = ("geojson", "gpkg")
_PHASE = Accepted(
    pattern=r"[1-5](\.0+)?",
    remedy=Sentence("is not a phase; write 1, 2, 3, 4 or 5"),
    unit=Unit.SEVERITY,
)
_ZONE = Accepted(
    pattern=r"[1-4](\.0+)?", remedy=Sentence("is not a zone of NTE E.030; write 1, 2, 3 or 4")
)
# Factor Z of each zone: acceleration on firm ground with a chance of 10 % in 50 years, as a
# share of gravity (NTE E.030-2018, table 1).
_Z_OF_ZONE = (("1", 0.10), ("2", 0.25), ("3", 0.35), ("4", 0.45))


def _footprint(hazard: str, publisher: str, landing: str) -> AwaitedSpec:
    """Declare polygons of a hazard: ground under them, and its share of the unit, by area."""
    return AwaitedSpec(
        id=f"{hazard}_footprint",
        kind=FileKind.POLYGONS,
        formats=_MAPS,
        publisher=publisher,
        landing=landing,
        template=f"risk/per/{hazard}_footprint_template.geojson",
        layers=(
            LayerSpec(
                id=f"{hazard}_footprint_km2",
                dimension=Dimension.HAZARD,
                hazard=hazard,
                unit=Unit.KM2,
                source=f"loaded_{hazard}_footprint",
                to_unit=ToUnit.AREA_WITHIN,
            ),
            LayerSpec(
                id=f"{hazard}_footprint_pct",
                dimension=Dimension.HAZARD,
                hazard=hazard,
                unit=Unit.PERCENT,
                to_unit=ToUnit.MODEL,
                model=Model.DENSITY,
                inputs=(f"{hazard}_footprint_km2",),
                factor=100.0,
                # The range of a share: frozen by what it is, not by a build.
                limits=(0.0, 100.0),
                breaks=(1.0, 5.0, 10.0, 25.0, 50.0),
            ),
        ),
    )


def _activity_of(sector: str) -> tuple[LayerSpec, ...]:
    """Declare what partners target and reach in a sector, and the gap that they leave."""
    reported = tuple(
        LayerSpec(
            id=f"{name}_{sector}",
            dimension=Dimension.OPERATIONS,
            unit=Unit.PEOPLE,
            direction=Direction.NEUTRAL,
            to_unit=ToUnit.MODEL,
            model=model,
            sector=sector,
            sensitivity=Sensitivity.RESTRICTED,
        )
        for name, model in (("targeted", Model.TARGETED), ("reached", Model.REACHED))
    )
    return (
        *reported,
        LayerSpec(
            id=f"gap_{sector}",
            dimension=Dimension.OPERATIONS,
            unit=Unit.PEOPLE,
            to_unit=ToUnit.MODEL,
            model=Model.GAP,
            inputs=(f"pin_{sector}", *(layer.id for layer in reported)),
            sector=sector,
            sensitivity=Sensitivity.RESTRICTED,
        ),
    )


def _published_need(sector: str) -> LayerSpec:
    """Declare the people in need that somebody publishes by region, beside the modelled ones."""
    return LayerSpec(
        id=f"published_pin_{sector}",
        dimension=Dimension.NEEDS,
        unit=Unit.PEOPLE,
        direction=Direction.NEUTRAL,
        native_level=AdminLevel.REGION,
        source="loaded_need_regions",
        columns=(f"published_pin_{sector}",),
        sector=sector,
        sensitivity=Sensitivity.RESTRICTED,
    )


_ACTIVITY = tuple(layer for sector in SECTORS for layer in _activity_of(sector.id))
_PARTNERS = LayerSpec(
    id="partners_count",
    dimension=Dimension.OPERATIONS,
    unit=Unit.COUNT,
    direction=Direction.NEUTRAL,
    to_unit=ToUnit.MODEL,
    model=Model.PARTNERS,
)

AWAITED: tuple[AwaitedSpec, ...] = (
    AwaitedSpec(
        id="need",
        kind=FileKind.TABLE,
        formats=_TABLES,
        publisher="GTRM (R4V)",
        landing="https://www.r4v.info/en/refugeeandmigrants",
        template="needs/per/pin_template.csv",
        columns=tuple(
            AwaitedColumn(
                layer=f"pin_{sector.id}",
                names=tuple(
                    name for word in (sector.id, *sector.headers) for name in (f"pin_{word}", word)
                ),
                tag=f"#inneed+{sector.id}",
            )
            for sector in SECTORS
        ),
    ),
    AwaitedSpec(
        id="need_regions",
        kind=FileKind.TABLE,
        formats=_TABLES,
        publisher="OCHA (HDX HAPI), GTRM (R4V)",
        landing="https://data.humdata.org/hapi",
        template="needs/per/pin_regions_template.csv",
        level=AdminLevel.REGION,
        columns=tuple(
            AwaitedColumn(
                layer=f"published_pin_{sector.id}",
                names=tuple(
                    name for word in (sector.id, *sector.headers) for name in (f"pin_{word}", word)
                ),
                tag=f"#inneed+{sector.id}",
            )
            for sector in SECTORS
        ),
        layers=tuple(_published_need(sector.id) for sector in SECTORS),
    ),
    AwaitedSpec(
        id="severity",
        kind=FileKind.TABLE,
        formats=_TABLES,
        publisher="GTRM (R4V)",
        template="needs/per/severity_template.csv",
        accepted=_PHASE,
        columns=tuple(
            AwaitedColumn(
                layer=f"severity_{sector.id}",
                names=tuple(
                    name
                    for word in (sector.id, *sector.headers)
                    for name in (f"severity_{word}", f"severidad_{word}")
                ),
                tag=f"#severity+{sector.id}",
            )
            for sector in SECTORS
            if sector.deficit
        ),
    ),
    AwaitedSpec(
        id="severity_limits",
        kind=FileKind.LIMITS,
        formats=_TABLES,
        publisher="GTRM (R4V)",
        template="needs/per/severity_thresholds.csv",
    ),
    AwaitedSpec(
        id="migrants",
        kind=FileKind.TABLE,
        formats=_TABLES,
        publisher="Migraciones, GTRM (R4V)",
        landing="https://www.r4v.info/en/refugeeandmigrants",
        template="population/per/migrants_template.csv",
        columns=(
            AwaitedColumn(
                layer="venezuelan_people",
                names=("venezuelan_people", "venezolanos", "personas_venezolanas", "migrantes"),
                tag="#affected+migrants",
            ),
        ),
    ),
    AwaitedSpec(
        id="seismic_zones",
        kind=FileKind.TABLE,
        formats=_TABLES,
        publisher="Ministerio de Vivienda (SENCICO)",
        template="risk/per/seismic_zones_template.csv",
        accepted=_ZONE,
        columns=(
            AwaitedColumn(
                layer="zone",
                names=("zone", "zona", "zona_sismica", "seismic_zone"),
                tag="#severity+seismic",
            ),
        ),
        layers=(
            LayerSpec(
                id="seismic_zone_factor",
                dimension=Dimension.HAZARD,
                hazard="earthquake",
                unit=Unit.GRAVITY,
                source="loaded_seismic_zones",
                columns=("zone",),
                words=_Z_OF_ZONE,
                # The least and the greatest factor of the norm.
                limits=(0.10, 0.45),
                valid_range=(0.10, 0.45),
                breaks=(0.2, 0.3, 0.4),
            ),
        ),
    ),
    _footprint("flood", "CENEPRED (SIGRID)", "https://sigrid.cenepred.gob.pe"),
    _footprint("landslide", "CENEPRED (SIGRID)", "https://sigrid.cenepred.gob.pe"),
    _footprint("tsunami", "Dirección de Hidrografía y Navegación, INDECI", ""),
    AwaitedSpec(
        id="schools",
        kind=FileKind.POINTS,
        formats=_MAPS,
        publisher="Ministerio de Educación (ESCALE)",
        template="population/per/schools_template.geojson",
        layers=(
            LayerSpec(
                id="schools_count",
                dimension=Dimension.COPING,
                unit=Unit.COUNT,
                direction=Direction.NEUTRAL,
                source="loaded_schools",
                to_unit=ToUnit.POINTS_WITHIN,
            ),
            LayerSpec(
                id="schools_per_10000",
                dimension=Dimension.COPING,
                unit=Unit.PER_10000,
                direction=Direction.LESS_IS_WORSE,
                to_unit=ToUnit.MODEL,
                model=Model.RATIO,
                inputs=("schools_count", "population_people"),
                factor=10_000.0,
                breaks=(10.0, 20.0, 40.0, 60.0, 100.0),
            ),
        ),
    ),
    AwaitedSpec(
        id="roads",
        kind=FileKind.LINES,
        formats=_MAPS,
        publisher="Ministerio de Transportes y Comunicaciones",
        landing="https://swmapas.mtc.gob.pe:8443/geoserver/geoportal/wfs",
        template="risk/per/roads_template.geojson",
        layers=(
            LayerSpec(
                id="roads_km",
                dimension=Dimension.COPING,
                unit=Unit.ROAD_KM,
                direction=Direction.NEUTRAL,
                source="loaded_roads",
                to_unit=ToUnit.LENGTH_WITHIN,
            ),
            LayerSpec(
                id="roads_km_per_km2",
                dimension=Dimension.COPING,
                unit=Unit.KM_PER_KM2,
                direction=Direction.LESS_IS_WORSE,
                to_unit=ToUnit.MODEL,
                model=Model.DENSITY,
                inputs=("roads_km",),
                breaks=(0.05, 0.1, 0.2, 0.5, 1.0),
            ),
        ),
    ),
    AwaitedSpec(
        id="population_raster",
        kind=FileKind.RASTER,
        formats=("geotiff",),
        publisher="WorldPop",
        landing="https://www.worldpop.org/rest/data",
        layers=(
            LayerSpec(
                id="population_raster_people",
                dimension=Dimension.POPULATION,
                unit=Unit.PEOPLE,
                direction=Direction.NEUTRAL,
                source="loaded_population_raster",
                to_unit=ToUnit.ZONAL_SUM,
                # Coasts of raster and borders never match; more lost than this is a low count.
                min_coverage=0.95,
            ),
        ),
    ),
    AwaitedSpec(
        id="elevation_raster",
        kind=FileKind.RASTER,
        formats=("geotiff",),
        publisher="Copernicus, NASA (SRTM)",
        layers=(
            LayerSpec(
                id="elevation_raster_m",
                dimension=Dimension.HAZARD,
                unit=Unit.METRES,
                direction=Direction.NEUTRAL,
                source="loaded_elevation_raster",
                to_unit=ToUnit.ZONAL_MEAN,
                valid_range=(-100.0, 6800.0),
                breaks=(100.0, 500.0, 1500.0, 2500.0, 3500.0),
            ),
        ),
    ),
    AwaitedSpec(
        id="activity",
        kind=FileKind.ACTIVITY,
        formats=_TABLES,
        publisher="GTRM (R4V), 5W",
        landing="https://data.humdata.org/dataset/rmrp-2021-activity-repository",
        template="needs/per/activity_template.csv",
        layers=(
            *_ACTIVITY,
            LayerSpec(
                id="unmet_need_pct",
                dimension=Dimension.OPERATIONS,
                unit=Unit.PERCENT,
                to_unit=ToUnit.MODEL,
                model=Model.UNMET_SHARE,
                inputs=(
                    *(f"pin_{sector.id}" for sector in SECTORS),
                    *(layer.id for layer in _ACTIVITY if layer.model is Model.GAP),
                ),
                # The range of a share: frozen by what it is, not by a build.
                limits=(0.0, 100.0),
                valid_range=(0.0, 100.0),
                breaks=(20.0, 40.0, 60.0, 80.0, 95.0),
            ),
            _PARTNERS,
        ),
    ),
    AwaitedSpec(
        id="presence",
        kind=FileKind.PRESENCE,
        formats=_TABLES,
        publisher="OCHA (HDX HAPI)",
        landing="https://data.humdata.org/hapi",
        template="needs/per/presence_template.csv",
        layers=(_PARTNERS,),
    ),
    AwaitedSpec(
        id="boundaries",
        kind=FileKind.BOUNDARIES,
        formats=_MAPS,
        publisher="OCHA (COD-AB), geoBoundaries",
        landing="https://data.humdata.org/dataset/cod-ab-per",
    ),
)
"""Every kind of file that the product has a place for and does not have."""

EDITABLE_FILES: tuple[str, ...] = tuple(spec.template for spec in AWAITED if spec.template)
"""Files of the starter pack that people edit, and so have no declared hash."""
