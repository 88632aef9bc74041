"""Every id of the page, so that a typing error is an error of Python."""

START = "start"
ASKED = "asked"
PAGE = "page"
VIEW = "view"
PICKED = "picked"
PAINT = "paint"
ROWS = "rows"
FIRST_ROWS = "first-rows"
READY = "ready"
MAP = "map"
INSET = "inset"
LEVEL = "level"
LAYER = "layer"
OBJECTIVE = "objective"
OBJECTIVE_HEAD = "objective-head"
LANGUAGE = "language"
RESET = "reset"
WEIGHTS_HEAD = "weights-head"
WITHHELD = "withheld"
LAYER_HEAD = "layer-head"
LEGEND = "legend"
RANKING_HEAD = "ranking-head"
CHOICE = "choice"
RANKING_SLOT = "ranking-slot"
RANKING = "ranking"
CARD = "card"
EXPLAIN = "explain"
EXPLAIN_SLOT = "explain-slot"
DECISION = "decision"
DECISION_NAME = "decision-name"
DECISION_REASON = "decision-reason"
DECISION_WHO = "decision-who"
DECISION_SAVE = "decision-save"
DECISION_TOLD = "decision-told"
SHEET = "sheet"
DATA_LIST = "data-list"
OFFICE_VIEW = "office-view"
OFFICE_STATE = "office-state"
OFFICE_ACT = "office-act"
OFFICE_LEVEL = "office-level"
OFFICE_DEMAND = "office-demand"
OFFICE_SITES = "office-sites"
OFFICE_TODAY = "office-today"
OFFICE_WITHIN = "office-within"
OFFICE_RESULT = "office-result"
OFFICE_BUSY = "office-busy"
NOTICE = "notice"
OFFLINE = "offline"
SEARCH = "search"
SEARCH_RESULTS = "search-results"


def weight_id(layer: object) -> dict[str, object]:
    """Return the id of the slider of a layer, or the pattern of all of them."""
    return {"type": "weight", "layer": layer}


def weight_label_id(layer: object) -> dict[str, object]:
    """Return the id of the label of a slider, or the pattern of all of them."""
    return {"type": "weight-label", "layer": layer}


def nav_id(page: object) -> dict[str, object]:
    """Return the id of the link to a page, or the pattern of all of them."""
    return {"type": "nav", "page": page}


def overlay_id(page: object) -> dict[str, object]:
    """Return the id of what a page draws above the units, or the pattern of all of them."""
    return {"type": "overlay", "page": page}


def office_label_id(name: object) -> dict[str, object]:
    """Return the id of the words of a control of the offices, or the pattern of all of them."""
    return {"type": "office-label", "name": name}


def why_id(layer: object, panel: object) -> dict[str, object]:
    """Return the id of the button that tells how a figure of a panel came to be."""
    return {"type": "why", "layer": layer, "panel": panel}


def why_slot_id(layer: object, panel: object) -> dict[str, object]:
    """Return the id of the place of that answer."""
    return {"type": "why-slot", "layer": layer, "panel": panel}


def weight_value_id(layer: object) -> dict[str, object]:
    """Return the id of the number beside a slider, or the pattern of all of them."""
    return {"type": "weight-value", "layer": layer}
