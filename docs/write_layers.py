"""Write docs/capas.md and docs/fuentes.md from the catalogue and its Spanish words."""

import sys
from collections.abc import Mapping

from generated import DOCS, table, write_or_check

from geoapp.cli.service_lines import request_of
from geoapp.cli.source_lines import ROLES, roles
from geoapp.numbers import show_number
from geoapp.words import say
from layers.catalogue import CATALOGUE
from layers.catalogue.awaited import AWAITED
from layers.countries.per import PERU
from layers.decide.scenarios import DEFAULT
from layers.spec import LayerSpec, Limits, SourceSpec
from layers.table.provenance import sources_behind
from layers.terms import (
    AdminLevel,
    Combine,
    Dimension,
    Direction,
    MissingPolicy,
    Model,
    Sensitivity,
    ToUnit,
    Transform,
)

NOTE = "Escrito por `docs/write_layers.py` desde el catálogo; no se edita a mano."
DIRECTIONS = {
    Direction.MORE_IS_WORSE: "más es peor",
    Direction.LESS_IS_WORSE: "menos es peor",
    Direction.NEUTRAL: "neutra: no dice ni mejor ni peor",
}
# What each model does; {inputs} are the linked layers, {first} and {others} parts of them.
MODELS: dict[Model, str] = {
    Model.RATIO: "razón: {first} entre {others}{times}; sin dato donde el divisor no es mayor que cero",
    Model.GROWTH: "crecimiento medio anual de {others} a {first}, 100·((final / inicial)^(1 / {years}) − 1); sin dato donde no había nadie; véase [personas](methods/personas.md)",
    Model.DENSITY: "{first} entre la superficie de la unidad en km²{times}",
    Model.MIGRANTS_NOW: "migrantes hoy: el total nacional repartido por {first} y, en parte, por {others}, con un tope por residente; véase [migrantes hoy](methods/migrantes.md)",
    Model.PEOPLE_IN_NEED: "personas con necesidades: la cifra nacional `{figure}` repartida por {weights}, sin pasar de las personas de la unidad; véase [personas con necesidades](methods/necesidades.md)",
    Model.SUM_PER_PERSON: "suma de {others} entre {first}; sin dato si falta un sumando",
    Model.INDEX_MEAN: "media de las partes presentes, cada indicador llevado de 0 a 10 entre sus límites fijos: {inputs}; sin dato si falta más de la mitad de sus indicadores; véase [índices y riesgo](methods/riesgo.md)",
    Model.INDEX_GEOMETRIC: "media geométrica escalada de {inputs}; véase [índices y riesgo](methods/riesgo.md)",
    Model.JOINT_NEED: "el mayor de los sectores: {inputs}; véase [necesidades conjuntas](methods/necesidades-conjuntas.md)",
    Model.SECTOR_SEVERITY: "fase de 1 a 5 de {inputs} según límites declarados; véase [necesidades conjuntas](methods/necesidades-conjuntas.md)",
    Model.SEVERITY: "regla de coincidencia sobre {inputs}, solo donde sus dos extremos coinciden; véase [necesidades conjuntas](methods/necesidades-conjuntas.md)",
    Model.SEVERITY_LOW: "regla de coincidencia sobre {inputs}, con lo que falta en fase 1",
    Model.SEVERITY_HIGH: "regla de coincidencia sobre {inputs}, con lo que falta en fase 5",
    Model.LANDSLIDES: "susceptibilidad de 0 a 10 según {inputs}; véase [amenazas](methods/amenazas.md)",
    Model.RISK: "raíz cúbica de {product}, cada uno con un decimal; véase [índices y riesgo](methods/riesgo.md)",
}
COMBINES = {
    Combine.MEAN: "media de las columnas {columns}",
    Combine.SUM: "suma de las columnas {columns}",
    Combine.RATIO_TO_MEAN: "columna `{one}` entre la media de {rest}",
    Combine.SHARE: "columna `{one}` entre la suma de {columns}",
    Combine.DIFFERENCE: "columna `{one}` menos {rest}",
    Combine.LEAST_TO_MEAN: "la menor de las columnas {columns} entre su media",
    Combine.LARGEST_SHARE: "la mayor de las columnas {columns} entre su suma",
    Combine.TREND: "pendiente de Theil y Sen por columna de {columns}, una por año",
}


def layer_link(layer_id: str) -> str:
    """Return a link to the section of a layer."""
    return f"[`{layer_id}`](#{layer_id})"


def source_link(source_id: str) -> str:
    """Return a link to the section of a source, with its vintage and licence."""
    spec = CATALOGUE.source(source_id)
    return (
        f"[`{spec.id}`](fuentes.md#{spec.id}) ({spec.publisher}, {spec.vintage}, "
        f"{spec.licence.value})"
    )


def columns_text(names: tuple[str, ...]) -> str:
    """Return columns by name, and a long run of them by its ends and length."""
    if len(names) > 5:
        return f"`{names[0]}` a `{names[-1]}` ({len(names)} columnas)"
    return ", ".join(f"`{name}`" for name in names)


MEASURED: dict[ToUnit, str] = {
    ToUnit.ZONAL_MEAN: "media del ráster bajo la unidad, con cobertura parcial exacta",
    ToUnit.ZONAL_SUM: "suma del ráster bajo la unidad, con cobertura parcial exacta",
    ToUnit.AREA_WITHIN: "superficie de la unidad bajo los polígonos del mapa",
    ToUnit.LENGTH_WITHIN: "largo de las líneas del mapa dentro de la unidad",
    ToUnit.POINTS_WITHIN: "puntos del mapa dentro de la unidad",
    ToUnit.ZONAL_SLOPE: "media de la pendiente del ráster de altitud bajo la unidad",
    ToUnit.ZONAL_LOW_COAST: "parte de la unidad en terreno bajo junto al mar, según el ráster de altitud; véase [amenazas](methods/amenazas.md)",
    ToUnit.LARGEST_INTENSITY: "mayor intensidad que los sismos del catálogo dan en la unidad; véase [amenazas](methods/amenazas.md)",
    ToUnit.PLACES: "número de lugares de la fuente que están en la unidad; véase [servicios](methods/servicios.md)",
    ToUnit.NEAREST_PLACE: "distancia de círculo máximo desde los centros poblados al lugar más cercano de la fuente, media ponderada por personas; véase [servicios](methods/servicios.md)",
    ToUnit.INTENSITY_OF_50_YEARS: "intensidad que el catálogo da cada 50 años; véase [amenazas](methods/amenazas.md)",
}


def made(layer: LayerSpec) -> str:
    """Return in words how the figures of a layer are made."""
    return _modelled(layer) if layer.model else _published(layer)


def _modelled(layer: LayerSpec) -> str:
    links = [layer_link(name) for name in layer.inputs]
    times = f", por {show_number(layer.factor, 0)}" if layer.factor != 1 else ""
    return MODELS[Model(str(layer.model))].format(
        inputs=", ".join(links),
        first=links[0],
        others=", ".join(links[1:]),
        product=" × ".join(links),
        weights=" × ".join(links),
        figure=layer.figure,
        years=f"{layer.years:g}" if layer.years else "",
        times=times,
    )


def _measured(layer: LayerSpec) -> str:
    text = MEASURED[layer.to_unit]
    if len(layer.bands) == 1:
        return text
    bands = columns_text(tuple(f"banda {band}" for band in layer.bands))
    combined = COMBINES[layer.combine].format(columns=bands, one=bands, rest=bands)
    return f"{text}, banda por banda; {combined.replace('columnas', 'bandas')}{_times(layer)}"


def _times(layer: LayerSpec) -> str:
    return f"; multiplicada por {layer.factor:g}" if layer.factor != 1 else ""


def _published(layer: LayerSpec) -> str:
    if layer.to_unit in MEASURED:
        return "; ".join([_measured(layer), *_rows_that_count(layer)])
    columns = columns_text(layer.columns)
    if layer.to_unit is ToUnit.COUNT_DISTINCT:
        text = f"número de valores distintos de {columns} entre las filas de la unidad"
    elif layer.to_unit is ToUnit.IS_LISTED:
        text = "1 si la fuente nombra a la unidad"
    elif layer.to_unit is ToUnit.SUM_ROWS:
        text = f"suma de {columns} en las filas de la unidad"
    elif len(layer.columns) == 1:
        text = f"columna {columns}, como se publica"
    else:
        text = COMBINES[layer.combine].format(
            columns=columns, one=layer.columns[0], rest=columns_text(layer.columns[1:])
        )
    parts = [text, *_rows_that_count(layer)]
    parts += [
        f"sin dato donde solo la nombran filas dudosas, {_rows(one)}" for one in layer.doubtful
    ]
    if layer.words:
        parts.append(", ".join(f"{word} = {value:g}" for word, value in layer.words))
    return "; ".join(parts) + _times(layer)


def _rows(condition: tuple[str, tuple[str, ...]]) -> str:
    """Return a condition on rows: years by their ends, words one by one."""
    column, accepted = condition
    are_years = all(text.isdigit() for text in accepted) and len(accepted) > 5
    values = f"de {accepted[0]} a {accepted[-1]}" if are_years else ", ".join(accepted)
    return f"`{column}` = {values}"


def _rows_that_count(layer: LayerSpec) -> list[str]:
    rows = "lugares" if layer.to_unit.is_of_places else "filas"
    return [f"solo {rows} con {_rows(one)}" for one in layer.where]


def levels_text(layer: LayerSpec) -> str:
    """Return how the figures move between levels."""
    if layer.native_level is not AdminLevel.DISTRICT:
        name = say(f"level.{layer.native_level}", "es").lower()
        if layer.unit.is_extensive:
            return f"existe por {name}; no se reparte a unidades menores"
        return f"existe por {name}; las unidades menores la heredan, marcada como heredada"
    if layer.is_made_at_each_level:
        return "existe por distrito y se vuelve a calcular en provincias y regiones"
    share = f"{100 * layer.coverage_needed:g} %"
    if layer.unit.is_extensive:
        return (
            f"existe por distrito; hacia arriba se suma si se conoce el {share} de los residentes"
        )
    weight = layer_link(layer.weight or PERU.population)
    return (
        f"existe por distrito; hacia arriba es la media ponderada por {weight} "
        f"si se conoce al menos el {share} de ese peso"
    )


def missing_text(layer: LayerSpec) -> str:
    """Return what the absence of a unit from the source means."""
    if layer.missing is MissingPolicy.ZERO:
        return (
            f"cero para las unidades de [`{layer.units_of}`](fuentes.md#{layer.units_of}) que la "
            "fuente no nombra; desconocida para las demás"
        )
    if layer.missing is MissingPolicy.ZERO_WHERE_COMPLETE:
        rows = "; ".join(_rows(one) for one in layer.complete)
        return (
            f"la fuente es parcial: cero para las unidades de [`{layer.units_of}`]"
            f"(fuentes.md#{layer.units_of}) que no nombra en las regiones en que todas sus filas "
            f"son {rows}; desconocida en las demás"
        )
    if layer.to_unit is ToUnit.PLACES:
        return "cero donde ningún lugar de la lista está en la unidad; sin dato si falta la fuente"
    return "desconocida: sin dato, nunca cero"


def limits_text(layer: LayerSpec) -> str:
    """Return the frozen limits of the normalisation, by level for a count."""
    if layer.limits is None:
        return "sin límites: no puede entrar en un puntaje ni en un índice"
    bend = " tras log(1 + x)" if layer.transform is Transform.LOG1P else ""
    if isinstance(layer.limits, Mapping):
        return (
            "; ".join(
                f"{say(f'levels.{level}', 'es')} {_pair(limits)}"
                for level, limits in layer.limits.items()
            )
            + bend
        )
    return _pair(layer.limits) + bend


def _pair(limits: Limits) -> str:
    return " a ".join(show_number(value, 0 if value == int(value) else 1) for value in limits)


def layer_section(layer: LayerSpec) -> list[str]:
    """Return the lines of one layer."""
    behind = sources_behind(layer, CATALOGUE, {}, PERU.figures, frozenset())
    facts = {
        "Unidad": say(f"unit.{layer.unit}", "es"),
        "Sentido": DIRECTIONS[layer.direction],
        "Dimensión": say(f"dimension.{layer.dimension}", "es"),
        "Sector": say(f"sector.{layer.sector}", "es") if layer.sector else "",
        "Amenaza": say(f"hazard.{layer.hazard}", "es") if layer.hazard else "",
        "Marco de resultados": ", ".join(
            f"[{name}](marco.md#{name})" for name in CATALOGUE.objectives_of(layer.id)
        ),
        "Fuentes": "; ".join(source_link(name) for name in behind),
        "Cómo se hace": f"{say(f'method.{layer.method}', 'es')}: {made(layer)}",
        "Niveles": levels_text(layer),
        "Cifra publicada de las regiones": (
            f"columna `{layer.published.column}` de {source_link(layer.published.source)}, "
            "solo donde no hay fuente más fina"
            if layer.published
            else ""
        ),
        "Lo que falta": missing_text(layer),
        "Límites fijos": limits_text(layer),
        "Cortes de clase": ", ".join(f"{value:g}" for value in layer.breaks)
        or "ninguno: se dibuja con círculos",
        "Difusión": "restringida: conteos pequeños"
        if layer.sensitivity is Sensitivity.RESTRICTED
        else "",
    }
    return [
        f'### <a id="{layer.id}"></a>{say(f"layer.{layer.id}.title", "es")}',
        "",
        f"`{layer.id}`. {say(f'layer.{layer.id}.description', 'es')}",
        "",
        *(f"- {name}: {text}" for name, text in facts.items() if text),
        "",
    ]


def layers_page() -> str:
    """Return the page of the layers, in the order of the catalogue."""
    weights = dict(DEFAULT.weights)
    lines = [
        "# Las capas",
        "",
        f"{NOTE} {len(CATALOGUE.layers)} capas. El peso es el del escenario por omisión; "
        "sin peso, la capa se muestra y no ordena.",
        "",
        *table(
            ("capa", "título", "unidad", "dimensión", "cómo", "peso"),
            [
                (
                    layer_link(layer.id),
                    say(f"layer.{layer.id}.title", "es"),
                    say(f"unit.{layer.unit}", "es"),
                    say(f"dimension.{layer.dimension}", "es"),
                    say(f"method.{layer.method}", "es"),
                    f"{weights[layer.id]:g}" if layer.id in weights else "",
                )
                for layer in CATALOGUE.layers.values()
            ],
        ),
        "",
    ]
    lines += awaited_lines()
    for dimension in Dimension:
        layers = [one for one in CATALOGUE.layers.values() if one.dimension is dimension]
        if layers:
            lines += [f"## {say(f'dimension.{dimension}', 'es')}", ""]
        for layer in layers:
            lines += layer_section(layer)
    return "\n".join(lines)


def awaited_lines() -> list[str]:
    """Return the table of what is awaited: data with a place and without figures."""
    rows = [
        (
            f"`{spec.id}`",
            say(f"awaited.{spec.id}.title", "es"),
            ", ".join(f"`{name}`" for name in spec.feeds) or "–",
            say(f"awaited.{spec.id}.change", "es"),
        )
        for spec in AWAITED
    ]
    return [
        "## Lo que falta",
        "",
        "Datos que nadie ha dado todavía: tienen su lugar y su plantilla, y nada se inventa."
        " `geoapp missing` dice quién los tiene y `geoapp load` los carga; las capas que traen"
        " existen solo desde entonces.",
        "",
        *table(("tipo", "qué es", "capas", "qué cambiaría"), rows),
        "",
    ]


def layers_of(source_id: str) -> tuple[str, ...]:
    """Return the layers that rest on a source, totals that models spread included."""
    direct = CATALOGUE.layers_on(source_id)
    return tuple(
        layer.id
        for layer in CATALOGUE.layers.values()
        if layer.id in direct
        or source_id in sources_behind(layer, CATALOGUE, {}, PERU.figures, frozenset())
    )


def places_text(spec: SourceSpec) -> str:
    """Return where the file of a source may lie."""
    places = [
        f"`{spec.starter}` en los datos incluidos" if spec.starter else "",
        f"`{spec.mirror}` en el espejo (`GEOAPP_MIRROR`)" if spec.mirror else "",
        f"`geoapp fetch {spec.id}` la trae de <{spec.url}>" if spec.url else "",
    ]
    return "; ".join(filter(None, places))


def points_text(spec: SourceSpec) -> str:
    """Return what its rows are, where they are places, and which of them count."""
    points = spec.points
    if points is None:
        return ""
    columns = " y ".join(f"`{name}`" for name in points.key)
    parts = [
        say(f"place.{points.kind}", "es"),
        f"uno por {columns}, vale la primera fila" if points.key else "uno por fila",
        *(f"solo filas con `{column}` = {', '.join(texts)}" for column, texts in points.where),
    ]
    return "; ".join(parts) + "; véase [servicios](methods/servicios.md)"


def source_section(spec: SourceSpec) -> list[str]:
    """Return the lines of one source."""
    uses = [ROLES[role] for role in roles(spec.id, PERU)]
    if links := [f"[`{name}`](capas.md#{name})" for name in layers_of(spec.id)]:
        uses.append("las capas " + ", ".join(links))
    facts = {
        "Publica": spec.publisher,
        "Página": f"<{spec.landing}>",
        "Cita": spec.citation,
        "Licencia": spec.licence.value,
        "Se puede redistribuir": "sí"
        if spec.redistributable
        else "no consta: sus cifras quedan fuera de lo que se exporta",
        "Fecha de los datos": spec.vintage,
        "Dónde está": places_text(spec),
        "Tamaño": f"{show_number(spec.bytes, 0)} bytes · `{spec.format}`",
        "sha256": f"`{spec.sha256}`",
        "Códigos": f"columna `{spec.code_column}`, nivel {say(f'level.{spec.code_level}', 'es').lower()}"
        if spec.code_column
        else "",
        "Lugares": points_text(spec),
        "Dependen de ella": "; ".join(uses) or "ninguna capa",
    }
    return [
        f'## <a id="{spec.id}"></a>`{spec.id}`',
        "",
        *(f"- {name}: {text}" for name, text in facts.items() if text),
        "",
    ]


def services_section() -> list[str]:
    """Return what services on the web can be asked for, in the order of their declaration."""
    rows = [
        (
            f"`{request_of(spec)}`",
            f"{spec.publisher} (<{spec.landing}>)",
            f"`{spec.url}`",
            ", ".join(
                f"`{kind}`"
                for kind in sorted({spec.feeds, *(kind for *_, kind in spec.known)} - {""})
            )
            or "lo que diga quien lo carga",
        )
        for spec in PERU.services
    ]
    return [
        "## Servicios",
        "",
        "Sus bytes no pueden declararse: lo que dan se guarda con su fecha, licencia y sha256, y se"
        " usa cuando una persona lo carga. Cómo, y qué se rechaza: [importar](importar.md).",
        "",
        *table(("se pide con", "responde", "se pregunta a", "se carga como"), rows),
        "",
    ]


def sources_page() -> str:
    """Return the page of the sources, in the order of the catalogue."""
    rows = [
        (
            f"[`{spec.id}`](#{spec.id})",
            spec.publisher,
            spec.vintage,
            spec.licence.value,
            "sí" if spec.redistributable else "no",
            "sí" if spec.starter else "no",
            str(len(layers_of(spec.id)) or "–"),
        )
        for spec in CATALOGUE.sources.values()
    ]
    head = ("fuente", "publica", "fecha", "licencia", "redistribuible", "incluida", "capas")
    lines = [
        "# Las fuentes",
        "",
        f"{NOTE} {len(CATALOGUE.sources)} archivos publicados. Se leen del almacén, del espejo o de"
        " los datos incluidos, en ese orden, y solo si tamaño y sha256 son los declarados. Cómo se"
        " hizo cada archivo incluido: [data/README.md](../data/README.md).",
        "",
        *table(head, rows),
        "",
        *services_section(),
    ]
    for spec in CATALOGUE.sources.values():
        lines += source_section(spec)
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(
        write_or_check(
            {DOCS / "capas.md": layers_page(), DOCS / "fuentes.md": sources_page()}, __doc__
        )
    )
