"""Which tests meet which fault of the list: read from the marks, without importing a test."""

import ast
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
FAULTS = range(1, 81)


def marked_tests() -> dict[int, list[tuple[str, str]]]:
    """Return by number of a fault the tests that bear it, as file and name, in their order."""
    found: dict[int, list[tuple[str, str]]] = {number: [] for number in FAULTS}
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for number in _numbers(node):
                    found[number].append((path.relative_to(TESTS.parent).as_posix(), node.name))
    return found


def _numbers(test: ast.FunctionDef) -> list[int]:
    return [
        argument.value
        for mark in test.decorator_list
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.fault"
        for argument in mark.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, int)
    ]
