"""Write docs/fallas.md from ``fault_words`` and from the marks of the tests."""

import sys

from fault_words import FAULTS, GROUPS
from generated import DOCS, table, write_or_check

from tests.faults import cases
from tests.faults.marks import marked_tests

HEAD = """# Fallas y entradas malas

Escrito por `docs/write_faults.py` a partir de las marcas `pytest.mark.fault` de las pruebas; no se
edita a mano. Cada número tiene al menos una prueba que falla si se quita lo que protege.

Las direcciones de la página y los lectores de archivos se prueban además con entradas al azar, en
`tests/faults/test_fuzz.py`: {codec} direcciones y {reader} archivos estropeados por lector cada vez que
corren las pruebas. `make fuzz` prueba 20 000 direcciones y {share} archivos por lector; `FUZZ=100000`
pide más.
"""


def page() -> str:
    """Return the text of the page."""
    met = marked_tests()
    head = HEAD.format(codec=cases.CODEC, reader=cases.READER, share=20_000 // cases.SHARE)
    lines = [head]
    for group, numbers in GROUPS.items():
        rows = [(str(n), *FAULTS[n], _tests(met[n])) for n in numbers]
        lines += [f"## {group}", "", *table(("n.º", "qué llega", "qué pasa", "pruebas"), rows), ""]
    return "\n".join(lines)


def _tests(tests: list[tuple[str, str]]) -> str:
    return "<br>".join(f"`{file.removeprefix('tests/')}::{name}`" for file, name in tests)


if __name__ == "__main__":
    sys.exit(write_or_check({DOCS / "fallas.md": page()}, __doc__))
