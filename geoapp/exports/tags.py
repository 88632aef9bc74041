"""The tags of the Humanitarian Exchange Language (HXL), from what a column is declared to be."""

from layers.spec import LayerSpec
from layers.terms import AdminLevel, Dimension, Model, Unit

_NUMBERS = {AdminLevel.REGION: 1, AdminLevel.PROVINCE: 2, AdminLevel.DISTRICT: 3}
_FIXED = {
    "ubigeo": "#{adm}+code+v_inei",
    "pcode": "#{adm}+code+v_pcode",
    "reniec": "#{adm}+code+v_reniec",
    "name": "#{adm}+name",
    "area_km2": "#indicator+area+km2+num",
    "rank": "#indicator+rank+num",
    "score": "#indicator+score+num",
    "low": "#indicator+score+min+num",
    "high": "#indicator+score+max+num",
    "confidence": "#meta+confidence+num",
}
_BESIDE = {"method": "#meta+method", "confidence": "#meta+confidence+num", "range": "#meta+range"}
_OF_PEOPLE = {
    Dimension.POPULATION: "#population",
    Dimension.MIGRANTS: "#population+migrants",
    Dimension.NEEDS: "#inneed",
}
_OF_MODEL = {Model.TARGETED: "#targeted", Model.REACHED: "#reached"}


def tag_of(column: str, level: AdminLevel) -> str:
    """Return the tag of a column that every file has.

    Parameters
    ----------
    column : str
        Its name; a coarser level holds the name of the unit there.
    level : AdminLevel
        Of the rows.

    Returns
    -------
    str
        For instance ``#adm3+code+v_pcode``; empty for the geometry, which tables lack.
    """
    if column in set(AdminLevel):
        return f"#adm{_NUMBERS[AdminLevel(column)]}+name"
    return _FIXED.get(column, "").format(adm=f"adm{_NUMBERS[level]}")


def tag_of_layer(layer: LayerSpec) -> str:
    """Return the tag of the figures of a layer.

    Parameters
    ----------
    layer : LayerSpec
        The layer.

    Returns
    -------
    str
        For instance ``#inneed+health+num+pin_health``. Its last attribute is the id of the
        layer, so that no two columns have one tag.
    """
    subjects = (layer.sector, f"hazard_{layer.hazard}" if layer.hazard else None)
    attributes = dict.fromkeys((*filter(None, subjects), "num", layer.id))
    return "+".join((_hashtag(layer), *attributes))


def tag_beside(layer: LayerSpec, what: str) -> str:
    """Return the tag of a column that tells of the figures of a layer: method, confidence, range."""
    return f"{_BESIDE[what]}+{layer.id}"


def _hashtag(layer: LayerSpec) -> str:
    if layer.model in _OF_MODEL:
        return _OF_MODEL[layer.model]
    if layer.unit is Unit.SEVERITY:
        return "#severity"
    if layer.unit is Unit.SOLES:
        return "#value+pen"
    if layer.unit is Unit.PEOPLE and layer.dimension in _OF_PEOPLE:
        return _OF_PEOPLE[layer.dimension]
    return f"#indicator+{layer.dimension}"
