"""Published files about nationalities and movements across the border."""

from layers.spec import SourceSpec
from layers.terms import Licence

# District of each control point of the 2020 file, by its name: the district that the post is
# named after or known to lie in, and for an airport, a port or an office the district of its
# city. By name and not by coordinates, so that the district may be the neighbouring one. Left
# out: "Madre De Dios - PCF Shiringayoc" and "Loreto - PCM Rio Amazonas Balsa Mig Col", whose
# names tell no district.
_POSTS_2020 = (
    ("Arequipa - PCM Aeropuerto", "040101"),
    ("Cajamarca - PCF La Balsa", "060905"),
    ("Chiclayo - JZ Chiclayo", "140101"),
    ("Chiclayo - PCM Aeropuerto", "140101"),
    ("Cusco - PCM Aeropuerto", "080101"),
    ("La Libertad - PCM Trujillo Aicmp", "130101"),
    ("Lima - PCM A.I.J.Ch.", "070101"),
    ("Loreto - PCF Cabo Pantoja", "160110"),
    ("Loreto - PCF El Estrecho", "160801"),
    ("Loreto - PCF Santa Rosa", "160403"),
    ("Loreto - PCF Soplin Vargas", "160803"),
    ("Loreto - PCM Caballococha", "160401"),
    ("Madre De Dios - JZ Pto Maldonado", "170101"),
    ("Madre De Dios - PCF Iñapari", "170301"),
    ("Moquegua - JZ Ilo", "180301"),
    ("PCM Callao", "070101"),
    ("Pisco - PCM Aeropuerto", "110501"),
    ("Piura - JZ Piura", "200101"),
    ("Piura - PCF El Alamor", "200604"),
    ("Piura - PCF La Tina", "200210"),
    ("Piura - PCM Paita", "200501"),
    ("Piura - PCM Talara", "200701"),
    ("Puno - PCF Carancas", "210402"),
    ("Puno - PCF Cebaf Desaguadero", "210402"),
    ("Puno - PCF Desaguadero", "210402"),
    ("Puno - PCF Kasani", "211301"),
    ("San Martin - JZ Tarapoto", "220901"),
    ("Tacna - PCF Santa Rosa", "230111"),
    ("Tacna - PCM Ferrocarril", "230101"),
    ("Tumbes - PCF Cebaf", "240302"),
)

PEOPLE_SOURCES: tuple[SourceSpec, ...] = (
    SourceSpec(
        id="census2017_residence_abroad_long",
        publisher="INEI",
        landing="https://censos2017.inei.gob.pe/redatam/",
        licence=Licence.MIT,
        vintage="2017-10-22",
        format="csv",
        sha256="3fdf56c2077be6ebb33c321f92970a75bf585b5ed0d92fac5222119ad8b74bd2",
        bytes=245882,
        redistributable=True,
        citation="INEI, Censos Nacionales 2017, lugar de residencia hace cinco años por país (REDATAM)",
        mirror="migrants/census2017_residence_abroad_5y_long.csv",
        code_column="ubigeo",
        units="2017",
    ),
    SourceSpec(
        id="border_movements_2020",
        publisher="R4V, ACNUR",
        landing="https://www.r4v.info",
        licence=Licence.MIT,
        vintage="2020-01/2020-07",
        format="csv",
        sha256="2ecd98c692c99fc15f9eb96a00ea584912cad639adb5064ef088cf90d84ee7e4",
        bytes=30321,
        redistributable=True,
        citation="R4V y ACNUR, entradas y salidas oficiales por puesto de control y mes, 2020",
        mirror="migrants/border_movements_2020.csv",
        code_column="Border Point",
        places=_POSTS_2020,
        units="2025",
    ),
)
