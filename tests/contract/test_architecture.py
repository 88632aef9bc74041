"""Who may import whom, as data; cycles, prints and bare exceptions."""

import ast
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCREENS = {"dash", "dash_leaflet", "dash_ag_grid", "folium", "flask", "click", "typer", "plotly"}
DATA = {"pandas", "geopandas", "rasterio", "shapely", "pyogrio"}

# Prefix of a module -> prefixes of ours that it may import.
MAY = {
    "layers.errors": (),
    "layers.terms": ("layers.terms",),
    "layers.codes": ("layers.errors", "layers.terms"),
    "layers.spec": ("layers.spec", "layers.errors", "layers.terms", "layers.codes"),
    "layers.catalogue": (
        "layers.catalogue",
        "layers.spec",
        "layers.terms",
        "layers.codes",
        "layers.errors",
    ),
    # A country is its profile and what is declared for it; a scenario is a declaration too.
    "layers.countries": (
        "layers.countries",
        "layers.catalogue",
        "layers.decide.scenario",
        "layers.spec",
        "layers.terms",
        "layers.codes",
    ),
    # How a tag of HXL names a column, for those who read tables and those who understand them.
    "layers.hxl_tags": ("layers.errors",),
    "layers.sources": (
        "layers.sources",
        "layers.whole_file",
        "layers.hxl_tags",
        "layers.spec",
        "layers.errors",
        "layers.terms",
    ),
    "layers.harmonise": (
        "layers.harmonise",
        "layers.spec",
        "layers.terms",
        "layers.codes",
        "layers.errors",
    ),
    "layers.indicators": ("layers.indicators", "layers.terms", "layers.spec", "layers.errors"),
    "layers.table": (
        "layers.table",
        "layers.hxl_tags",
        "layers.indicators",
        "layers.harmonise",
        "layers.spec",
        "layers.terms",
        "layers.codes",
        "layers.errors",
    ),
    "layers.decide": (
        "layers.decide",
        "layers.table",
        "layers.indicators",
        "layers.harmonise",
        "layers.spec",
        "layers.terms",
        "layers.codes",
        "layers.errors",
    ),
    "layers.workers": ("layers.terms",),
    "layers.code_version": (),
    "layers.digests": (),
    "layers.step_file": ("layers.whole_file",),
    "layers.steps": (
        "layers.code_version",
        "layers.digests",
        "layers.step_file",
        "layers.whole_file",
    ),
    # What a file adds is asked for where no table is.
    "layers.loaded_catalogue": (
        "layers.catalogue",
        "layers.spec",
        "layers.errors",
        "layers.terms",
    ),
    "layers.whole_file": (),
    "layers.measure": (
        "layers.workers",
        "layers.sources",
        "layers.harmonise",
        "layers.table",
        "layers.spec",
        "layers.terms",
        "layers.errors",
    ),
    "layers.reading": (
        "layers.workers",
        "layers.steps",
        "layers.sources",
        "layers.harmonise",
        "layers.spec",
        "layers.terms",
        "layers.errors",
    ),
    "layers.figures": (
        "layers.steps",
        "layers.reading",
        "layers.measuring",
        "layers.harmonise",
        "layers.table",
        "layers.spec",
        "layers.terms",
        "layers.errors",
    ),
    "layers.measuring": (
        "layers.workers",
        "layers.reading",
        "layers.measure",
        "layers.sources",
        "layers.spec",
        "layers.errors",
    ),
    "layers.series": (
        "layers.steps",
        "layers.reading",
        "layers.measuring",
        "layers.harmonise",
        "layers.table",
        "layers.spec",
        "layers.terms",
        "layers.errors",
    ),
    "layers.places": (
        "layers.steps",
        "layers.reading",
        "layers.harmonise",
        "layers.table",
        "layers.spec",
        "layers.terms",
        "layers.errors",
    ),
    "layers.pictures": (
        "layers.workers",
        "layers.drawing",
        "layers.sources",
        "layers.reading",
        "layers.harmonise",
        "layers.table",
        "layers.spec",
        "layers.terms",
        "layers.errors",
    ),
    "layers.drawing": (
        "layers.reading",
        "layers.measure",
        "layers.sources",
        "layers.harmonise",
        "layers.table",
        "layers.spec",
        "layers.terms",
    ),
    "layers.naming": (
        "layers.reading",
        "layers.table",
        "layers.spec",
        "layers.errors",
        "layers.terms",
    ),
    "layers.map_features": ("layers.reading", "layers.spec"),
    "layers.borders": (
        "layers.digests",
        "layers.reading",
        "layers.harmonise",
        "layers.spec",
        "layers.terms",
        "layers.errors",
    ),
    "layers.identity": (
        "layers.digests",
        "layers.loaded_catalogue",
        "layers.reading",
        "layers.spec",
        "layers.table",
        "layers.terms",
    ),
    "layers.built": (
        "layers.reading",
        "layers.table",
        "layers.indicators",
        "layers.harmonise",
        "layers.spec",
        "layers.terms",
    ),
    "layers.pipeline": ("layers.",),
    "layers.user_files": ("layers.",),
    "layers.event_files": ("layers.",),
    "layers.loaded_files": ("layers.",),
    "layers.boundary_files": ("layers.",),
    "layers.form_files": ("layers.",),
    "layers.form_figures": ("layers.sources", "layers.spec", "layers.errors"),
    "layers.own": ("layers.",),
    "layers": (),
    # Geometry as bytes: it knows neither who keeps it nor who sends it.
    "geoapp.outlines": ("geoapp.outlines",),
    "geoapp.store": ("geoapp.store", "geoapp.outlines", "layers."),
    # What is said of a build and of an event knows neither page nor command line.
    "geoapp.answers": (
        "geoapp.answers",
        "geoapp.store",
        "geoapp.style",
        "geoapp.numbers",
        "geoapp.words",
        "layers.",
    ),
    "geoapp.event": (
        "geoapp.event",
        "geoapp.numbers",
        "geoapp.words",
        "geoapp.reports.figures",
        "layers.",
    ),
    "geoapp.app.components": (
        "geoapp.app.components",
        "geoapp.app.ids",
        "geoapp.app.address",
        "geoapp.app.state",
        "geoapp.app.shown",
        "geoapp.answers.chain",
        "geoapp.event.words",
        "geoapp.style",
        "geoapp.words",
        "geoapp.numbers",
        "layers.",
    ),
    # The page lends it codec and caches, so that it knows nothing of the page.
    "geoapp.api": (
        "geoapp.api",
        "geoapp.answers",
        "geoapp.event",
        "geoapp.exports",
        "geoapp.store",
        "geoapp.words",
        "layers.",
    ),
    "geoapp": ("geoapp", "layers"),
}
# Prefix of a module -> outside libraries that it must not import.
NEVER = {
    "layers.errors": DATA | SCREENS,
    "layers.terms": DATA | SCREENS,
    "layers.codes": DATA | SCREENS,
    "layers.spec": DATA | SCREENS,
    "layers.catalogue": DATA | SCREENS,
    "layers.countries": DATA | SCREENS,
    "layers.indicators": {"geopandas", "rasterio", "shapely"} | SCREENS,
    "layers": SCREENS,
    "geoapp.app.callbacks": {"pandas", "geopandas", "rasterio"},
    "geoapp.api": SCREENS - {"flask"},
}


def modules() -> dict[str, Path]:
    found = {}
    for top in ("layers", "geoapp"):
        for path in sorted((ROOT / top).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            found[name.removesuffix(".__init__")] = path
    return found


MODULES = modules()


def longest(name: str, table: dict[str, object]) -> str | None:
    fits = [key for key in table if name == key or name.startswith(key + ".")]
    return max(fits, key=len, default=None)


TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}


def imports_of(name: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{name}: relative import"
            members = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= (members & set(MODULES)) or {node.module}
    return names


IMPORTS = {name: imports_of(name) for name in MODULES}


def test_modules_import_only_what_their_room_may() -> None:
    wrong = []
    for name, imported in IMPORTS.items():
        key = longest(name, MAY)
        assert key is not None, f"{name} is in no room; add it to MAY"
        ours = {one for one in imported if one.split(".")[0] in ("layers", "geoapp")} - {name}
        refused = {one for one in ours if not any(one.startswith(room) for room in MAY[key])}
        wrong += [f"{name} imports {one}" for one in sorted(refused)]
    assert not wrong, "\n".join(wrong)


def test_modules_keep_out_foreign_libraries() -> None:
    wrong = []
    for name, imported in IMPORTS.items():
        outside = {one.split(".")[0] for one in imported}
        for key, banned in NEVER.items():
            if name == key or name.startswith(key + "."):
                wrong += [f"{name} imports {one}" for one in sorted(outside & banned)]
    assert not wrong, "\n".join(wrong)


def test_who_presents_a_build_does_not_load_what_makes_one() -> None:
    makers = {name for name in MODULES if "layers.pipeline" in imports_of(name)}
    assert makers == {"geoapp.cli.stored", "geoapp.notebook"}


def test_there_are_no_import_cycles() -> None:
    graph = {name: imported & set(MODULES) - {name} for name, imported in IMPORTS.items()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail[trail.index(name) :], name))
        if name in done:
            return
        for other in sorted(graph[name]):
            visit(other, (*trail, name))
        done.add(name)

    for name in graph:
        visit(name, ())


def faults_of(name: str, node: ast.AST) -> list[str]:
    found = []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        found += ["prints"] if node.func.id == "print" and not name.startswith("geoapp.cli") else []
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call | ast.Name):
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        is_bare = getattr(raised, "id", "") in ("Exception", "BaseException")
        found += ["raises a bare exception"] if is_bare else []
    if isinstance(node, ast.ExceptHandler):
        found += ["has a bare except"] if node.type is None else []
    return [f"{name}, line {node.lineno}: {fault}" for fault in found]


def test_modules_neither_print_nor_raise_bare_exceptions() -> None:
    found = [
        fault
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        for fault in faults_of(name, node)
    ]
    assert not found, "\n".join(found)


def test_long_modules_and_functions_are_reported() -> None:
    for name, path in MODULES.items():
        if name.startswith(("layers.catalogue", "layers.countries")):
            continue
        text = path.read_text("utf-8")
        if text.count("\n") > 300:
            warnings.warn(f"{name} has {text.count(chr(10))} lines", stacklevel=1)
        for node in ast.walk(TREES[name]):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno > 80:
                warnings.warn(f"{name}.{node.name} is over 80 lines", stacklevel=1)
    assert len(MODULES) > 20
