"""What a visitor says of a file: what it holds, in which column, and in which unit."""

from dataclasses import asdict, dataclass
from typing import Any

from layers.terms import CodeScheme, Unit

OWN = "own"
"""The kind of a layer that is none of the kinds that the product awaits."""
UNITS = (
    Unit.PEOPLE,
    Unit.COUNT,
    Unit.PERCENT,
    Unit.INDEX_0_1,
    Unit.INDEX_0_10,
    Unit.INDEX_0_100,
)
"""What a figure of a visitor may be counted in."""
SYSTEMS = ("EPSG:4326", "EPSG:32717", "EPSG:32718", "EPSG:32719", "EPSG:24877", "EPSG:24878")
"""Reference systems that can be stated: degrees, UTM 17 to 19 south, and PSAD56."""
_VALID = {
    Unit.PEOPLE: (0.0, float("inf")),
    Unit.COUNT: (0.0, float("inf")),
    Unit.PERCENT: (0.0, 100.0),
    Unit.INDEX_0_1: (0.0, 1.0),
    Unit.INDEX_0_10: (0.0, 10.0),
    Unit.INDEX_0_100: (0.0, 100.0),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How a file is to be read."""

    kind: str = OWN
    """``own``, or the id of an AwaitedSpec."""
    title: str = ""
    unit: Unit = Unit.COUNT
    code: str = ""
    """Column of the codes; found by its header if empty."""
    value: str = ""
    """Column of the figures; on a map empty measures its shapes."""
    scheme: CodeScheme | None = None
    adds_rows: bool = False
    """True where the rows of one unit are added; else a unit with two rows has no figure."""
    system: str = ""
    band: int = 1

    @property
    def valid(self) -> tuple[float, float]:
        """Least and greatest figure of its unit."""
        return _VALID[self.unit]

    @classmethod
    def of(cls, plain: dict[str, Any]) -> "Asked":
        """Read what `plain` wrote; raise ValueError or KeyError on anything else."""
        scheme = plain.get("scheme")
        unit = Unit(plain.get("unit") or Unit.COUNT)
        system = str(plain.get("system") or "")
        if unit not in UNITS or (system and system not in SYSTEMS):
            raise ValueError(f"{unit} or {system} cannot be asked for")
        return cls(
            kind=str(plain.get("kind") or OWN),
            title=str(plain.get("title") or "")[:80].strip(),
            unit=unit,
            code=str(plain.get("code") or ""),
            value=str(plain.get("value") or ""),
            scheme=CodeScheme(scheme) if scheme else None,
            adds_rows=bool(plain.get("adds_rows")),
            system=system,
            band=int(plain.get("band") or 1),
        )

    def plain(self) -> dict[str, Any]:
        """Return it as JSON can carry it."""
        return asdict(self)
