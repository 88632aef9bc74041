"""What `geoapp build` answers, from what a build says of itself: no table is read for it."""

from typing import Any

from geoapp.store.plain import read_file, read_sentence
from layers.loaded_catalogue import with_loaded
from layers.spec import Catalogue


def made_answer(manifest: dict[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    """Describe a build: units by level, layers, sources and what is missing.

    Parameters
    ----------
    manifest : dict
        Of the build, as a store keeps it.
    catalogue : Catalogue
        The declarations of the product.

    Returns
    -------
    dict
        units, layers, sources, missing, loaded, seconds, hash.
    """
    whole = with_loaded(catalogue, [read_file(one) for one in manifest["loaded"]])
    levels, sources = manifest["levels"], manifest["sources"]
    return {
        "units": {level: told["units"] for level, told in levels.items()},
        "layers": len({layer for told in levels.values() for layer in told["sources"]}),
        "sources": {
            name: {
                "place": told["place"],
                "vintage": whole.source(name).vintage,
                "rows": told["rows"],
                "repaired_codes": len(told["repaired"]),
                "unmatched": list(told["unmatched"]),
            }
            for name, told in sources.items()
        },
        "missing": [
            {
                "source": name,
                "problem": read_sentence(told["problem"]),
                "layers": list(told["layers"]),
            }
            for name, told in sources.items()
            if told["problem"]
        ],
        "loaded": balance_answers(manifest["balances"]),
        "seconds": round(manifest["seconds"], 2),
        "hash": manifest["hash"],
    }


def balance_answers(balances: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Describe what loaded figures and those modelled around them come to.

    Parameters
    ----------
    balances : list of dict
        As a manifest has them.

    Returns
    -------
    list of dict
        layer, regions, total, loaded, sum, difference, balance; empty where nothing was loaded.
    """
    return [
        {**one, "regions": list(one["regions"]), "difference": one["sum"] - one["total"]}
        for one in balances
    ]
