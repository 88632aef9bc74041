"""How alike two names of places are, whatever their accents, articles and abbreviations."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

CONTAINED_SCORE = 85.0
"""Where every word of one name is in the other: 'Villa María' and 'Villa María del Triunfo'."""
INITIALS_SCORE = 95.0
"""Where only initials differ: 'S.J. de Lurigancho' and 'San Juan de Lurigancho'."""

_ABBREVIATIONS = {
    **dict.fromkeys(("sta", "snta"), "santa"),
    **dict.fromkeys(("sto", "snto"), "santo"),
    **dict.fromkeys(("sn",), "san"),
    **dict.fromkeys(("gral", "gnral", "gen"), "general"),
    **dict.fromkeys(("cnel", "crnl", "crl", "cnl"), "coronel"),
    **dict.fromkeys(("tnte", "tte"), "teniente"),
    **dict.fromkeys(("cap", "cptn"), "capitan"),
    **dict.fromkeys(("mcal", "mrcal", "mrscal"), "mariscal"),
    **dict.fromkeys(("cmdte", "cdte"), "comandante"),
    **dict.fromkeys(("nva",), "nueva"),
    **dict.fromkeys(("nvo",), "nuevo"),
    **dict.fromkeys(("pto",), "puerto"),
    **dict.fromkeys(("pblo",), "pueblo"),
    **dict.fromkeys(("vlla",), "villa"),
    **dict.fromkeys(("fco", "fsco"), "francisco"),
    **{pair: " ".join(pair) for pair in ("sj", "sm", "vm", "jl")},
    "2": "dos",
    "3": "tres",
    "7": "siete",
    "9": "nueve",
    "26": "veintiseis",
    "27": "veintisiete",
}
_LINKS = frozenset({"de", "del", "la", "las", "los", "el", "y", "e"})
_LEVEL_WORDS = re.compile(
    r"^(distrito|dist|dto|provincia constitucional|prov constitucional|prov const|provincia|prov"
    r"|departamento|depto|dpto|dep|region|gobierno regional)( (de la|del|de))? (?=\w)"
)
_CERCADO = re.compile(r"^cercado (de )?(?=\w)|(?<=\w) cercado$")
_ALIASES = {
    "lima metropolitana": "lima",
    "lima provincias": "lima",
    "region lima": "lima",
}


def plain_words(text: str) -> str:
    """Return any text in lower case, without accents, its words parted by one space."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", " ", letters).strip()


@lru_cache(maxsize=65536)
def normalise_name(name: str) -> str:
    """Return the name of a place in the one form in which names are compared.

    Lower case without accents or punctuation; abbreviations written out; the words
    that only tell the level ('Dist.', 'Provincia de') and 'Cercado' left out. Articles
    and 'de' stay, since 'La Victoria' and 'Victoria' may be two places.

    Parameters
    ----------
    name : str
        As a provider spells it.

    Returns
    -------
    str
        For instance ``santa rosa de quives`` for ``Dist. Sta. Rosa de Quives``.
    """
    folded = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    words = re.sub(r"[^\w]+|_", " ", plain).split()
    text = " ".join(_ABBREVIATIONS.get(word, word) for word in words)
    text = _CERCADO.sub("", _LEVEL_WORDS.sub("", text))
    return _ALIASES.get(text, text)


def similarity(name: str, other: str) -> float:
    """Return how alike two names are.

    Parameters
    ----------
    name, other : str
        As they are spelt; they are normalised here.

    Returns
    -------
    float
        0 to 100; 100 means equal once normalised.
    """
    left, right = normalise_name(name), normalise_name(other)
    if not left or not right:
        return 0.0
    if left == right:
        return 100.0
    words, others = _content(left), _content(right)
    if words == others or _same_by_initials(words, others):
        return INITIALS_SCORE
    score = max(fuzz.ratio(left, right), fuzz.token_sort_ratio(left, right))
    fewer, more = sorted((set(words), set(others)), key=len)
    if len(fewer) > 1 and fewer < more:
        score = max(score, CONTAINED_SCORE)
    return min(float(score), 99.0)


def contains(name: str, other: str) -> bool:
    """Return whether every word of one name is in the other.

    Parameters
    ----------
    name, other : str
        As they are spelt; they are normalised here.

    Returns
    -------
    bool
        True for 'Laraos' and 'San Pedro de Laraos'.
    """
    words, others = (set(_content(normalise_name(text))) for text in (name, other))
    return bool(words and others) and (words <= others or others <= words)


def edit_distance(name: str, other: str) -> int:
    """Return how many letters are missing, added, changed or swapped between two names.

    Parameters
    ----------
    name, other : str
        As they are spelt; they are normalised here.

    Returns
    -------
    int
        0 where they are equal once normalised.
    """
    return int(OSA.distance(normalise_name(name), normalise_name(other)))


def _content(name: str) -> tuple[str, ...]:
    return tuple(word for word in name.split() if word not in _LINKS)


def _same_by_initials(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    if len(words) != len(others) or not any(len(word) > 2 for word in words):
        return False
    pairs = list(zip(words, others, strict=True))
    return all(a == b or (min(len(a), len(b)) == 1 and a[:1] == b[:1]) for a, b in pairs) and any(
        a == b and len(a) > 2 for a, b in pairs
    )
