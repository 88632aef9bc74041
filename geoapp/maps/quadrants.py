"""The map of quadrants as one picture: kinds as colours, low confidence hatched over them."""

from xml.sax.saxutils import escape

from geoapp.numbers import show_number
from geoapp.reports.maps import Frame, area_map, frame_of, paths_of, scale_bar
from geoapp.style import INK, INK_SOFT, NO_DATA, QUADRANTS, SURFACE
from geoapp.words import say
from layers.built import Build
from layers.decide.pattern import Quadrant, Quadrants
from layers.table.confidence import Confidence, classify_confidence
from layers.table.need_decisions import JOINT_NEED
from layers.terms import AdminLevel

_WIDTH, _HEIGHT, _HEAD, _FOOT = 1500, 1900, 150, 330
_COLOURS = {Quadrant(kind): colour for kind, colour in QUADRANTS.items()}
_HATCH = (
    '<defs><pattern id="hatch" width="12" height="12" patternUnits="userSpaceOnUse" '
    f'patternTransform="rotate(45)"><path d="M0 0v12" stroke="{INK}" stroke-width="3" '
    'stroke-opacity=".55"/></pattern></defs>'
)


def quadrant_map(built: Build, level: AdminLevel, found: Quadrants, language: str = "es") -> str:
    """Draw the quadrants of a level.

    Parameters
    ----------
    built : Build
        Outlines, names and confidence.
    level : AdminLevel
        Of the units.
    found : Quadrants
        As ``quadrants_of`` returns it.
    language : str
        Of the words.

    Returns
    -------
    str
        SVG with title, legend, scale, north, source line, date and hash. Hatched is a unit whose
        joint people in need have the class of confidence ``baja``.
    """
    made = built.levels[level]
    west, south, east, north = (float(end) for end in made.outlines.total_bounds)
    frame = frame_of((west, south, east, north), _WIDTH, _HEIGHT)
    paths = paths_of(made.outlines, frame)
    steps = {kind.value: step for step, kind in enumerate(_COLOURS)}
    kinds = {str(unit): steps.get(str(kind)) for unit, kind in found.units["quadrant"].items()}
    sure = classify_confidence(made.table.confidence[JOINT_NEED])
    soft = [
        str(unit)
        for unit in sure.index[sure == Confidence.LOW.value]
        if kinds.get(str(unit)) is not None
    ]
    hatched = "".join(paths.get(unit, "") for unit in soft)
    drawn = area_map(frame, paths, kinds, tuple(_COLOURS.values()))
    over = f'{_HATCH}<path d="{hatched}" fill="url(#hatch)" fill-rule="evenodd"/></svg>'
    return _page(built, level, found, frame, drawn.removesuffix("</svg>") + over, language)


def _page(
    built: Build, level: AdminLevel, found: Quadrants, frame: Frame, drawn: str, language: str
) -> str:
    nested = drawn.replace("<svg ", f'<svg y="{_HEAD}" width="{_WIDTH}" height="{_HEIGHT}" ', 1)
    median = show_number(found.median, 0)
    title = say("quadrant_map.title", language, units=say(f"levels.{level}", language))
    rule = say("quadrant_map.rule", language, median=median)
    source = say("quadrant_map.source", language, date=built.on.isoformat(), build=built.hash)
    total = _HEAD + _HEIGHT + _FOOT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {total}" '
        f'font-family="Inter, sans-serif" fill="{INK}">',
        f'<rect width="{_WIDTH}" height="{total}" fill="{SURFACE}"/>',
        _text(40, 70, 44, title, weight=650),
        _text(40, 120, 28, rule, INK_SOFT),
        nested,
        _text(_WIDTH - 80, _HEAD + 70, 36, "N ↑"),
        *_legend(language),
        *_scale(frame),
        _text(40, total - 30, 26, source, INK_SOFT),
        "</svg>",
    ]
    return "".join(parts)


def _legend(language: str) -> list[str]:
    top = _HEAD + _HEIGHT + 40
    boxes = [(colour, say(f"quadrant.{kind}", language)) for kind, colour in _COLOURS.items()]
    boxes.append((NO_DATA, say("quadrant.unknown", language)))
    drawn = []
    for place, (colour, words) in enumerate(boxes):
        x, y = 40 + place % 3 * 420, top + place // 3 * 60
        drawn.append(_box(x, y, colour))
        drawn.append(_text(x + 70, y + 30, 28, words))
    x, y = 40 + 2 * 420, top + 60
    drawn += [_box(x, y, SURFACE), _box(x, y, "url(#hatch)")]
    drawn.append(_text(x + 70, y + 30, 28, say("confidence.low", language)))
    return drawn


def _scale(frame: Frame) -> list[str]:
    km, millimetres = scale_bar(frame)
    y = _HEAD + _HEIGHT + 190
    return [
        f'<path d="M40 {y}h{millimetres * 10:.0f}" stroke="{INK_SOFT}" stroke-width="5"/>',
        _text(40, y + 40, 26, f"{show_number(km, 0)} km", INK_SOFT),
    ]


def _box(x: int, y: int, fill: str) -> str:
    return (
        f'<rect x="{x}" y="{y}" width="54" height="38" fill="{fill}" '
        f'stroke="{INK_SOFT}" stroke-width="1.5"/>'
    )


def _text(x: int, y: int, size: int, words: str, fill: str = INK, weight: int = 400) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}" '
        f'font-weight="{weight}">{escape(words)}</text>'
    )
