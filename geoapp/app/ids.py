"""Every id of the page, so that a typing error is an error of Python."""

START = "start"
ASKED = "asked"
PAGE = "page"
VIEW = "view"
PICKED = "picked"
OTHER = "other"
PAINT = "paint"
MAP_TOOLS = "tools-state"
TOOLS_TOGGLE = "tools-toggle"
ROWS = "rows"
FIRST_ROWS = "first-rows"
READY = "ready"
PARTS = "parts"
UNDO = "undo"
LIST_TOOLS = "list-tools"
LEAST = "least-people"
BESIDE = "beside"
QUADRANTS = "quadrants"
QUADRANT_CHART = "quadrant-chart"
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
DECISION = "decision"
DECISION_NAME = "decision-name"
DECISION_REASON = "decision-reason"
DECISION_WHO = "decision-who"
DECISION_SAVE = "decision-save"
DECISION_TOLD = "decision-told"
SHEET = "sheet"
AGES = "ages"
COMPARE = "compare-search"
COMPARE_RESULTS = "compare-search-results"
EVENT_FORM = "event-form"
EVENT_VIEW = "event-view"
EVENT_ASKED = "event-asked"
EVENT_HELD = "event-held"
EVENT_RATES = "event-rates"
EVENT_PROBLEM = "event-problem"
EVENT_SAID = "event-said"
EVENT_BUSY = "event-busy"
EVENT_BRIEF = "event-brief"
EVENT_WAY = "event-way"
EVENT_FILE = "event-file"
EVENT_LIST = "event-list"
EVENT_SCHEME = "event-scheme"
EVENT_LIST_GO = "event-list-go"
EVENT_QUAKE_GO = "event-quake-go"
EVENT_RECENT = "event-recent"
EVENT_RECENT_LIST = "event-recent-list"
EVENT_DISPLACED = "event-displaced"
EVENT_RATE_SAID = "event-rate-said"
DATA_HEAD = "data-head"
DATA_FIND = "data-find"
EVENT_RELIEF = "event-relief"
EVENT_ACTS = "event-acts"
EVENT_UNDO = "event-undo"
EVENT_CANCEL = "event-cancel"
EVENT_FLASH_CANCEL = "event-flash-cancel"
EVENT_FLASH_SAID = "event-flash-said"
DATA_LIST = "data-list"
DATA_VIEW = "data-view"
OWN_PANEL = "own-panel"
OWN_WORDS = "own-words"
OWN_FILE = "own-file"
OWN_SENT = "own-sent"
OWN_GIVEN = "own-given"
OWN_ACT = "own-act"
OWN_BUSY = "own-busy"
OWN_PREVIEW = "own-preview"
OWN_REPORT = "own-report"
OWN_LAYERS = "own-layers"
OFFICE_VIEW = "office-view"
OFFICE_STATE = "office-state"
OFFICE_ACT = "office-act"
OFFICE_LEVEL = "office-level"
OFFICE_DEMAND = "office-demand"
OFFICE_SITES = "office-sites"
OFFICE_TODAY = "office-today"
OFFICE_WITHIN = "office-within"
OFFICE_CAPACITY = "office-capacity"
OFFICE_PART = "office-part"
OFFICE_RESULT = "office-result"
OFFICE_READY = "office-ready"
OFFICE_JOB = "office-job"
OFFICE_WAIT = "office-wait"
OFFICE_SAID = "office-said"
OFFICE_HINT = "office-hint"
NOTICE = "notice"
SKIP = "skip"
HEADING = "heading"
HELP = "help"
ACCOUNT = "account"
AS_TABLE = "as-table"
SAID = "said"
ANSWERS = "answers"
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


def panel_of(place: str, ubigeo: str) -> str:
    """Return the name of a panel that holds figures of a unit that is not the chosen one."""
    return f"{place}-{ubigeo}"


def unit_of_panel(panel: str) -> str | None:
    """Return the unit of such a panel; None for one that holds those of the chosen unit."""
    place, mark, ubigeo = panel.partition("-")
    return ubigeo if place and mark else None


def why_id(layer: object, panel: object) -> dict[str, object]:
    """Return the id of the button that tells how a figure of a panel came to be."""
    return {"type": "why", "layer": layer, "panel": panel}


def why_slot_id(layer: object, panel: object) -> dict[str, object]:
    """Return the id of the place of that answer."""
    return {"type": "why-slot", "layer": layer, "panel": panel}


def explain_id(panel: object) -> dict[str, object]:
    """Return the id of what opens the reasons of a place in a panel."""
    return {"type": "explain", "panel": panel}


def explain_slot_id(panel: object) -> dict[str, object]:
    """Return the id of the place of those reasons."""
    return {"type": "explain-slot", "panel": panel}


def fold_id(part: str, theme: object, panel: object, unit: object) -> dict[str, object]:
    """Return the id of a part (fold, head, slot) of a folded group of figures of a unit.

    It names the unit, so that what was asked for one never fills the group of another.
    """
    return {"type": f"fold-{part}", "theme": theme, "panel": panel, "unit": unit}


def weight_value_id(layer: object) -> dict[str, object]:
    """Return the id of the number beside a slider, or the pattern of all of them."""
    return {"type": "weight-value", "layer": layer}


def own_ask_id(name: object) -> dict[str, object]:
    """Return the id of a field of the form of a visitor's file, or the pattern of all of them."""
    return {"type": "own-ask", "name": name}


def event_word_id(key: object) -> dict[str, object]:
    """Return the id of a fixed word of the form of an event, or the pattern of all of them."""
    return {"type": "event-word", "key": key}


def quake_id(part: object) -> dict[str, object]:
    """Return the id of a number of an earthquake, or the pattern of all of them."""
    return {"type": "quake", "part": part}


def rate_id(band: object, end: object) -> dict[str, object]:
    """Return the id of one end of the share displaced in a band, or the pattern of them."""
    return {"type": "rate", "band": band, "end": end}


def displaced_id(band: object) -> dict[str, object]:
    """Return the id of the people displaced in a band, or the pattern of all of them."""
    return {"type": "displaced", "band": band}


def setting_id(part: object, place: object) -> dict[str, object]:
    """Return the id of an option of a footprint, or the pattern of all of them."""
    return {"type": "event-setting", "part": part, "place": place}
