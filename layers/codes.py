"""UBIGEO and P-code: one way to write the code of a unit of area."""

import re

from layers.errors import InvalidUbigeoError
from layers.terms import AdminLevel

_LEVEL_OF_DIGITS = {level.digits: level for level in AdminLevel}


def check_ubigeo(code: str) -> str:
    """Return a UBIGEO unchanged, or say what is wrong with it.

    Parameters
    ----------
    code : str
        Two (region), four (province) or six (district) digits, as text.

    Returns
    -------
    str
        The same code.

    Raises
    ------
    InvalidUbigeoError
        Where it is not text of two, four or six digits.
    """
    if not isinstance(code, str):
        raise InvalidUbigeoError("UBIGEO {code!r} is a number; read the column as text", code=code)
    if not (code.isascii() and code.isdigit()):
        raise InvalidUbigeoError(
            "UBIGEO {code!r} has characters that are not digits; a UBIGEO is two, four or six "
            "digits",
            code=code,
        )
    if len(code) == 1:
        raise InvalidUbigeoError(
            "UBIGEO {code!r} has 1 digit; a leading zero was lost: read the column as text",
            code=code,
        )
    if len(code) in (3, 5):
        raise InvalidUbigeoError(
            "UBIGEO {code!r} has {count} digits; a leading zero was lost: read the column as text",
            code=code,
            count=len(code),
        )
    if len(code) not in _LEVEL_OF_DIGITS:
        raise InvalidUbigeoError(
            "UBIGEO {code!r} has {count} digits; a district has 6, a province 4 and a region 2",
            code=code,
            count=len(code),
        )
    return code


def level_of(code: str) -> AdminLevel:
    """Return the level that a UBIGEO names.

    Parameters
    ----------
    code : str
        A UBIGEO.

    Returns
    -------
    AdminLevel
        Region, province or district, by the number of digits.
    """
    return _LEVEL_OF_DIGITS[len(check_ubigeo(code))]


def ancestor(code: str, level: AdminLevel) -> str:
    """Return the unit of a coarser (or the same) level that holds a unit.

    Parameters
    ----------
    code : str
        A UBIGEO.
    level : AdminLevel
        The level asked for, not finer than the code's own.

    Returns
    -------
    str
        The first digits of the code.

    Raises
    ------
    InvalidUbigeoError
        Where the level is finer than the code's.
    """
    if level.digits > len(check_ubigeo(code)):
        raise InvalidUbigeoError(
            "UBIGEO {code!r} does not tell its {level}", code=code, level=level
        )
    return code[: level.digits]


def pcode(code: str, prefix: str) -> str:
    """Return the P-code of a UBIGEO, as OCHA's common operational datasets write it.

    Parameters
    ----------
    code : str
        A UBIGEO.
    prefix : str
        Of the country.

    Returns
    -------
    str
        Prefix and digits, for instance ``PE150101``.
    """
    return f"{prefix}{check_ubigeo(code)}"


def restore_zeros(code: str, digits: int) -> str:
    """Restore the one leading zero that a spreadsheet drops from a code.

    Parameters
    ----------
    code : str
        A code as it was read, for instance ``10101`` or ``10101.0``.
    digits : int
        The digits of the level.

    Returns
    -------
    str
        The repaired code, or the same text where that is not what is wrong.
    """
    text = code.strip().removesuffix(".0")
    return "0" + text if len(text) == digits - 1 and text.isdigit() else text


_PCODE_PREFIX = re.compile(r"^[A-Za-z]{2}[ _-]?(?=\d)")
_DECIMALS = re.compile(r"^\d+\.0+$")
_POWER = re.compile(r"^\d(\.\d+)?[eE]\+?\d{1,2}$")


def clean_code(cell: str) -> str:
    """Strip what spreadsheets and P-codes put around the digits of a code.

    Parameters
    ----------
    cell : str
        For instance ``PE150101``, ``150101.0``, ``1.50101E+05`` or ``'150101``.

    Returns
    -------
    str
        The digits, without any zero restored; other text comes back as it was, stripped.
    """
    text = cell.strip().lstrip("'\u2019").replace("\u00a0", "").strip()
    text = _PCODE_PREFIX.sub("", text)
    if _DECIMALS.match(text):
        return text.split(".")[0]
    if _POWER.match(text) and float(text).is_integer():
        return str(int(float(text)))
    return text
