"""Which of the known licences a publisher means by what it writes."""

from layers.terms import Licence

# The first word that is found counts, so that the narrower ones stand first.
_WORDS: tuple[tuple[str, Licence], ...] = (
    ("igo", Licence.CC_BY_IGO),
    ("intergovernmental", Licence.CC_BY_IGO),
    ("odbl", Licence.ODBL),
    ("open database", Licence.ODBL),
    ("odc-by", Licence.ODC_BY),
    ("open data commons attribution", Licence.ODC_BY),
    ("public domain", Licence.PUBLIC_DOMAIN),
    ("dominio público", Licence.PUBLIC_DOMAIN),
    ("cc0", Licence.CC0),
    ("cc-by-4.0", Licence.CC_BY_4),
    ("cc by 4.0", Licence.CC_BY_4),
    ("attribution 4.0", Licence.CC_BY_4),
    ("/by/4.0", Licence.CC_BY_4),
)


def licence_of(stated: str) -> Licence | None:
    """Return the licence that a publisher names.

    Parameters
    ----------
    stated : str
        A name, an abbreviation or the address of a licence.

    Returns
    -------
    Licence or None
        None where it names none of those that the product knows: a person has to say.
    """
    words = stated.casefold().replace("-sa-", "-sa ").replace("_", "-")
    if "non-commercial" in words or "-nc" in words or "sharealike" in words:
        return None
    return next((licence for word, licence in _WORDS if word in words), None)
