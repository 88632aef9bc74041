"""Write docs/cli.md: help from the commands themselves, shapes of their JSON from below.

A row of ``SHAPES`` is a path, a type and a meaning. In a path ``.`` enters an object,
``[]`` the items of a list, and a name in angle brackets stands for any key.
"""

import sys

import typer
from generated import DOCS, table, write_or_check

from geoapp.cli import app

Shape = tuple[tuple[str, str, str], ...]

_TEXTS = "list of text"
SHAPES: dict[str, Shape] = {
    "build": (
        ("units", "object", "number of units of each level that the build has"),
        ("units.<level>", "integer", "district, province or region"),
        ("layers", "integer", "number of layers"),
        ("sources", "object", "what became of each source that was asked for"),
        ("sources.<source>.place", "text or null", "store, mirror or starter; null where absent"),
        ("sources.<source>.vintage", "text", "date or period that its figures speak of"),
        ("sources.<source>.rows", "integer", "rows on known units"),
        ("sources.<source>.repaired_codes", "integer", "codes whose leading zero was restored"),
        ("sources.<source>.unmatched", _TEXTS, "codes that no unit bears; their rows are left out"),
        ("missing", "list", "sources that could not be had"),
        ("missing[].source", "text", "id of the source"),
        ("missing[].problem", "text", "why, in one sentence"),
        ("missing[].layers", _TEXTS, "layers that hang on it"),
        ("seconds", "number", "time of the build without writing it"),
        ("hash", "text", "names the build: same sources, catalogue and version, same hash"),
    ),
    "codes": (
        ("scheme", "text", "inei, reniec, mixed or ambiguous; the last two are refused"),
        ("evidence", "object", "what the decision rests on; more counts where the table has codes"),
        ("evidence.ground", "text", "why: see the list below"),
        ("evidence.level", "text", "district, province or region"),
        ("evidence.repeated_units", "integer", "rows whose unit another row has too"),
        ("evidence.notes", _TEXTS, "what was assumed to read the file"),
        ("evidence.rows", "integer", "rows of the table"),
        ("evidence.lost_zeros", "integer", "codes that had lost a leading zero"),
        ("evidence.valid_inei", "number", "share of rows with a code of INEI, 0 to 1"),
        ("evidence.valid_reniec", "number", "share of rows with a code of RENIEC, 0 to 1"),
        ("evidence.known_codes", "integer", "different codes that are in either list"),
        ("evidence.only_inei_codes", "integer", "of them, those that only INEI has"),
        ("evidence.only_reniec_codes", "integer", "of them, those that only RENIEC has"),
        ("evidence.named", "integer", "rows with a known code and a name"),
        ("evidence.agree_inei", "number", "share of them whose name is that of the INEI unit"),
        ("evidence.agree_reniec", "number", "share of them whose name is that of the RENIEC unit"),
        ("evidence.votes_inei", "integer", "rows whose name only fits INEI"),
        ("evidence.votes_reniec", "integer", "rows whose name only fits RENIEC"),
        ("evidence.certainty", "number", "chance that names decide rightly; 0 where they do not"),
        ("evidence.inei_rows", "list of integer", "first ten rows that can only be INEI"),
        ("evidence.reniec_rows", "list of integer", "first ten rows that can only be RENIEC"),
        ("matched", "integer", "rows with a unit"),
        ("repaired", "list", "codes that were changed"),
        ("repaired[].row", "integer", "row of the file, the header being 1"),
        ("repaired[].from", "text", "code as it stands in the file"),
        ("repaired[].to", "text", "code as it was read"),
        ("repaired[].reason", "text", "why, for instance lost_zero"),
        ("unmatched", "list", "rows without a unit"),
        ("unmatched[].row", "integer", "row of the file"),
        ("unmatched[].code", "text", "its code, or empty"),
        ("unmatched[].name", "text", "its name, or empty"),
        ("unmatched[].reason", "text", "why, for instance code_unknown or name_repeated_elsewhere"),
        ("unmatched[].nearest", _TEXTS, "most similar units"),
        ("matched_by_name", "list", "rows whose unit was found by a name that is not spelt alike"),
        ("matched_by_name[].row", "integer", "row of the file"),
        ("matched_by_name[].ubigeo", "text", "INEI code of the unit"),
        ("matched_by_name[].provider", "text", "name in the file"),
        ("matched_by_name[].official", "text", "official name"),
        ("matched_by_name[].score", "number", "likeness, 0 to 100"),
        ("units", "list", "every row that has a unit"),
        ("units[].row", "integer", "row of the file"),
        ("units[].ubigeo", "text", "INEI code of the unit"),
    ),
    "focus": (
        ("question", "object", "what was asked"),
        ("question.problem", "text", "p-median, cover or capacity"),
        ("question.level", "text", "level of the units"),
        ("question.demand", "text", "a layer of counts, or score"),
        ("question.people", "text", "layer of the people that are counted"),
        ("question.sites", "integer", "how many offices"),
        ("question.today", "text", "fixed or free"),
        ("question.within", "number", "reach of an office, in the measure"),
        ("question.required", _TEXTS, "sites that were required, besides today's"),
        ("question.forbidden", _TEXTS, "sites that were forbidden"),
        ("question.capacity", "number or null", "demand that an office can serve"),
        ("question.measure", "text", "km, or hours where a file of times gives them"),
        ("question.estimated", "boolean", "true where no road was measured"),
        ("question.candidates", "integer", "number of possible sites"),
        ("question.units_without_demand", "integer", "units without a figure, which weigh nothing"),
        ("objective", "object", "what is best, and that it is proven"),
        ("objective.kind", "text", "mean_distance, or covered_share (0 to 1)"),
        ("objective.value", "number", "the objective"),
        ("objective.mean_distance", "number", "mean distance of the demand, whatever was asked"),
        ("objective.proven", "boolean", "always true: the gap is zero"),
        ("sites", "list", "the offices, by code"),
        ("sites[].ubigeo", "text", "unit in which it stands"),
        ("sites[].name", "text", "name of the unit"),
        ("sites[].office", "text or null", "name of the office of today that stands there"),
        ("sites[].kind", "text", "head, suboffice, liaison or proposed"),
        ("sites[].lon", "number", "where it is taken to be"),
        ("sites[].lat", "number", "where it is taken to be"),
        ("sites[].units", "integer", "units that it serves, shared ones included"),
        ("sites[].load", "number", "demand that it serves"),
        ("sites[].people", "number", "people that it serves"),
        ("assignment", "list", "who goes where; a unit that offices share has a row for each"),
        ("assignment[].ubigeo", "text", "the unit"),
        ("assignment[].office", "text", "unit of its office"),
        ("assignment[].km", "number or null", "distance; null where hours are given"),
        ("assignment[].hours", "number or null", "time; null where km are given"),
        ("assignment[].share", "number", "part of the unit, 1 where it has one office"),
        ("assignment[].within", "boolean", "whether the office is within reach"),
        ("uncovered_people", "number", "people whose office is out of reach"),
        ("price_of_constraints", "list", "the objective again without each condition"),
        ("price_of_constraints[].constraint", "text", "today, require, forbid or capacity"),
        ("price_of_constraints[].objective", "number", "with the condition"),
        ("price_of_constraints[].without", "number", "without it"),
        ("price_of_constraints[].price", "number", "the difference, from 0 up"),
        ("price_of_constraints[].sites_without", _TEXTS, "the sites without it"),
        ("one_more", "list", "places for one office more, best first; empty where not asked"),
        ("one_more[].ubigeo", "text", "unit of the place"),
        ("one_more[].name", "text", "its name"),
        ("one_more[].objective", "number", "the objective with it"),
        ("one_more[].gain", "number", "how much better that is, from 0 up"),
        ("one_more[].people_nearer", "number", "people whose way becomes shorter"),
    ),
    "rank": (
        ("scenario", "object", "what was weighed"),
        ("scenario.id", "text", "name of the scenario"),
        ("scenario.hash", "text", "names scenario and weights"),
        ("scenario.level", "text", "district, province or region"),
        ("scenario.dropped", _TEXTS, "weighed layers of which no unit of the level has a figure"),
        ("scenario.weights", "object", "weight of each layer"),
        ("scenario.weights.<layer>", "number", "from 0 up"),
        ("units", "list", "first units first, those without a rank at the end"),
        ("units[].ubigeo", "text", "INEI code"),
        ("units[].name", "text", "official name"),
        ("units[].province", "text", "name of its province; empty for a region"),
        ("units[].region", "text", "name of its region"),
        ("units[].reniec", "text", "RENIEC code of a district, or empty"),
        ("units[].rank", "integer or null", "1 is first; null where too much is missing"),
        ("units[].score", "number or null", "0 to 100"),
        ("units[].low", "number", "score with the best observed value in place of what is missing"),
        ("units[].high", "number", "the same with the worst observed value"),
        ("units[].contributions", "object", "what each layer adds; they sum to the score"),
        ("units[].contributions.<layer>", "number or null", "0 to 100"),
        ("units[].imputed", _TEXTS, "layers where the national median stands in"),
    ),
    "show": (
        ("ubigeo", "text", "INEI code"),
        ("pcode", "text", "P-code"),
        ("reniec", "text or null", "RENIEC code of a district, where it is known"),
        ("level", "text", "district, province or region"),
        ("name", "text", "official name"),
        ("parents", "object", "coarser units that hold it"),
        ("parents.<level>.ubigeo", "text", "code of the parent"),
        ("parents.<level>.name", "text", "its name"),
        ("area_km2", "number", "computed from the published border"),
        ("boundary", "text", "as published, or repaired and how"),
        ("layers", "object", "every figure of the unit"),
        ("layers.<layer>.value", "number or null", "null is missing, never zero"),
        ("layers.<layer>.unit", "text", "what it is counted in"),
        (
            "layers.<layer>.method",
            "text",
            "observed, zonal, inherited, spread, modelled or missing",
        ),
        ("layers.<layer>.source", "text", "ids of the sources behind it, parted by semicolons"),
        ("layers.<layer>.publisher", "text", "who publishes them"),
        ("layers.<layer>.vintage", "text", "of when they are"),
        ("layers.<layer>.licence", "text", "under which terms"),
        ("layers.<layer>.landing", "text", "page of the first source"),
        (
            "layers.<layer>.range",
            "list of number, where there is one",
            "low and high over other weights",
        ),
        ("layers.<layer>.at_ceiling", "boolean, with a range", "true where a cap holds the figure"),
        ("layers.<layer>.parents", "list, where derived", "units that it was taken from"),
        ("layers.<layer>.parents[].ubigeo", "text", "code of the parent"),
        ("layers.<layer>.parents[].share", "number", "share of the parent that is taken"),
        ("layers.<layer>.parents[].basis", "text", "code, renumbered, people or area"),
        ("layers.<layer>.inputs", _TEXTS, "layers that a model was computed from"),
    ),
    "check": (
        ("boundaries", "object", "what is wrong with the finest boundaries, and what was mended"),
        ("boundaries.source", "text", "id of their source"),
        (
            "boundaries.published",
            "object",
            "units as published: absent, unexpected, empty, invalid",
        ),
        ("boundaries.levels", "object", "units, empty and invalid after repair, by level"),
        ("boundaries.unmatched", _TEXTS, "units whose lines do not match their neighbours'"),
        ("boundaries.unmatched_degrees", "number", "length of those lines"),
        ("boundaries.overlaps", "list", "pairs of units that overlap, with km2"),
        ("boundaries.gaps", "list", "holes, with place, km2, kind and name where known"),
        ("boundaries.areas", "object", "comparison with official areas"),
        ("boundaries.repairs", "list", "units that were mended, and how"),
        ("boundaries.unexplained", "object", "what no declaration explains"),
        ("boundaries.ok", "boolean", "true where nothing is unexplained"),
        ("totals", "list", "sums of layers against what they should be"),
        ("totals[].layer", "text", "id of the layer"),
        ("totals[].level", "text", "level of the sum"),
        ("totals[].unit", "text or null", "unit or group; null for the country"),
        ("totals[].sum", "number", "what it comes to"),
        ("totals[].expected", "number", "what it should be"),
        ("totals[].difference", "number", "the first less the second"),
        ("totals[].reason", "text or null", "declared reason of a difference"),
        ("totals[].ok", "boolean", "true where equal or explained"),
        ("published", "list", "regions as published against what their districts come to"),
        ("codes", "list", "rows, repaired and unmatched codes by source"),
        ("missing", "list", "units without a figure by layer, level and reason"),
        ("ok", "boolean", "true where all is equal or explained"),
    ),
    "export": (
        ("file", "text", "the file that was written"),
        ("format", "text", "geojson, csv or gpkg"),
        ("level", "text", "district, province or region"),
        ("rows", "integer", "number of units"),
        ("columns", "integer", "number of columns without the geometry"),
        ("left_out", _TEXTS, "columns without a licence to pass them on"),
        ("hash", "text", "the build it was written from"),
    ),
    "sources": (
        ("[].id", "text", "id of the source"),
        ("[].publisher", "text", "who publishes it"),
        ("[].vintage", "text", "of when its figures are"),
        ("[].licence", "text", "under which terms"),
        ("[].landing", "text", "page where a person finds the original"),
        ("[].url", "text or null", "address that geoapp fetch asks; null where there is none"),
        ("[].bytes", "integer", "size that is declared"),
        ("[].place", "text or null", "store, mirror or starter; null where absent"),
        ("[].path", "text or null", "where it lies on this machine"),
        ("[].verified", "boolean", "true where size and sha256 are those declared"),
        ("[].problem", "text or null", "what is wrong with it"),
        ("[].roles", _TEXTS, "boundaries, names, neighbours: what it is beyond its layers"),
        ("[].layers", _TEXTS, "layers that hang on it"),
        ("[].remedy", "text or null", "what to do, in Spanish, where absent or damaged"),
    ),
    "fetch": (
        ("[].id", "text", "id of the source"),
        ("[].outcome", "text", "present, fetched, planned (with --dry-run) or failed"),
        ("[].place", "text or null", "store, mirror or starter; null where it could not be had"),
        ("[].path", "text or null", "where it lies on this machine"),
        ("[].tries", "integer", "times that the server was asked"),
        ("[].reason", "text or null", "kind of failure, a closed list"),
        ("[].problem", "text or null", "the failure in one sentence"),
        ("[].landing", "text", "page where a person finds the original"),
        ("[].url", "text or null", "address that was asked"),
        ("[].roles", _TEXTS, "boundaries, names, neighbours"),
        ("[].layers", _TEXTS, "layers that hang on it"),
    ),
}
EXAMPLES = {
    "backtest": "geoapp backtest --json",
    "check": "geoapp check --json",
    "sources": "geoapp sources --json",
    "fetch": "geoapp fetch --dry-run",
    "build": "geoapp build --json",
    "codes": "geoapp codes beneficiarios.xlsx --code UBIGEO --name Distrito --json",
    "rank": "geoapp rank --level province --top 10 --weight venezuelan_people:5 --json",
    "show": "geoapp show 240101 --json",
    "focus": "geoapp focus --problem cover --sites 8 --within 150 --json",
    "export": "geoapp export --format gpkg --level district -o distritos.gpkg",
    "serve": "GEOAPP_PORT=8060 geoapp serve",
}
EXITS = {
    "backtest": "0; 1 where the census of 2017 is not at hand; 2 for a wrong option.",
    "check": "0 where every difference has a reason; 1 where one has none; 2 for a wrong option.",
    "sources": "0 where every source is here and is the one declared; 1 where one is absent or damaged; 2 for a wrong setting or option.",
    "fetch": "0 where everything is here at the end; 1 where something could not be had; 2 where the request is wrong.",
    "build": "0 also where some sources are missing (they are named); 1 where neither districts nor regions have borders, or units have no names.",
    "codes": "0 where the scheme is certain, rows without a unit included; 1 where the table is refused or cannot be read; 2 for a column or scheme that does not exist.",
    "rank": "0; 1 for a layer or weight that the scenario cannot take, or a level that the build has not; 2 for a wrong option.",
    "show": "0; 1 for a code that is impossible or that no unit bears; 2 for a wrong option.",
    "focus": "0; 1 where no choice satisfies the conditions, a layer or file is wrong, or after Ctrl+C; 2 for a wrong option.",
    "export": "0; 1 where the file cannot be written, or a weight is wrong: what was there stays; 2 for a format or option that does not exist.",
    "serve": "0 after Ctrl+C; 1 where nothing can be built or the address cannot be listened on.",
}
AFTER = {
    "codes": "A table with names only has `ground` = `assigned_by_name` and, of the evidence, only `ground`, "
    "`level`, `repeated_units` and `notes`. A file that cannot be read gives "
    '`{"error": "one sentence"}` and exit code 1.',
    "focus": "With `--regions` the units and sites are regions: today's seven are given, and those of kind "
    "`proposed` are the tool's; `--require` and `--forbid` edit them. A pair that the file of `--times` lacks "
    "counts as twice its largest figure and as out of reach.",
    "show": "A region has no parents. `value` keeps all its digits; round it to show it.",
    "sources": "A list, one object a source, in the order of the catalogue.",
    "fetch": "A list, one object for each source that was asked for.",
    "export": "The names of the files on one line each where `--json` is not given.",
}
HEAD = """# The command line

Written by `docs/write_cli.py` from the commands; not edited by hand.

Data goes to standard output and log to standard error, so that `geoapp rank --json > a.json` holds
JSON and nothing else. Exit codes: **0** done, **1** could not be done (one sentence on standard error),
**2** the request is wrong. Settings are environment variables: [settings](settings.md). The JSON below is
what programs may rely on: a test compares every key of it with the answers. A missing figure is `null`,
never 0. `rank`, `show`, `focus`, `export` and `serve` build first where the store is empty.
"""


def command_section(name: str) -> list[str]:
    """Return the lines of one command."""
    command = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    about, *more = (command.help or "").strip().split("\n\n")
    rows = [
        (_spelt(parameter), _default(parameter), (getattr(parameter, "help", "") or "").strip())
        for parameter in command.params
        if parameter.name != "help"
    ]
    lines = [f"## geoapp {name}", "", _one_line(about), ""]
    for paragraph in more:
        if not paragraph.lstrip().startswith("Ejemplo:"):
            lines += [_one_line(paragraph), ""]
    if rows:
        lines += [*table(("argument or option", "default", "help"), rows), ""]
    lines += ["```sh", EXAMPLES[name], "```", "", f"Exit codes: {EXITS[name]}", ""]
    if name in SHAPES:
        lines += [f"### JSON of geoapp {name}", ""]
        shape = [(f"`{path}`", kind, meaning) for path, kind, meaning in SHAPES[name]]
        lines += [*table(("path", "type", "meaning"), shape), ""]
    if name in AFTER:
        lines += [AFTER[name], ""]
    return lines


def _spelt(parameter: object) -> str:
    names = list(getattr(parameter, "opts", []))
    if getattr(parameter, "param_type_name", "") == "argument":
        return f"`{str(getattr(parameter, 'name', '')).upper()}`"
    return ", ".join(f"`{name}`" for name in names)


def _default(parameter: object) -> str:
    if getattr(parameter, "required", False):
        return "required"
    value = getattr(parameter, "default", None)
    if value in (None, False, "", []):
        return "–"
    return f"`{getattr(value, 'value', value)}`"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def page() -> str:
    """Return the text of the page."""
    lines = [HEAD]
    for name in typer.main.get_command(app).commands:  # type: ignore[attr-defined]
        lines += command_section(name)
    lines += ["## geoapp --version", "", "Prints the version and exits with 0.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(write_or_check({DOCS / "cli.md": page()}, __doc__))
