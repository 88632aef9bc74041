"""Write docs/cli.md: help from the commands themselves, shapes of their JSON from below.

A row of ``SHAPES`` is a path, a type and a meaning. In a path ``.`` enters an object,
``[]`` the items of a list, and a name in angle brackets stands for any key.
"""

import sys
from typing import Any

import typer
from generated import DOCS, table, write_or_check

from geoapp.cli import app

Shape = tuple[tuple[str, str, str], ...]

_TEXTS = "list of text"


def _exposed(at: str) -> Shape:
    """Return the rows of the figures that a band, unit, office or total carries."""
    return (
        (f"{at}.people", "number or null", "residents as the INEI projects them"),
        (f"{at}.migrants", "number or null", "Venezuelans, an estimate"),
        (f"{at}.host", "number or null", "the first less the second, from 0"),
        (f"{at}.pin.<sector>", "number or null", "migrants in need by sector, and joint"),
        (f"{at}.displaced.low", "number or null", "people × assumed rate"),
        (f"{at}.displaced.high", "number or null", "people × assumed rate"),
    )


def _place(at: str) -> Shape:
    """Return the rows of a place."""
    return (
        (f"{at}.source", "text", "id of the source"),
        (f"{at}.code", "text", "its code there"),
        (f"{at}.name", "text", "its name"),
        (f"{at}.category", "text", "of a facility I-1 to III-E, 0 for support services"),
        (f"{at}.ubigeo", "text", "empty where unknown"),
        (f"{at}.lon", "number or null", "degrees"),
        (f"{at}.lat", "number or null", "degrees"),
        (f"{at}.band", "text or null", "null outside"),
    )


_SCENARIO: Shape = (
    ("name", "text", "name of the scenario"),
    ("hash", "text", "names all its settings"),
    ("level", "text", "district, province or region"),
    ("weights", "object", "weight of each layer"),
    ("weights.<layer>", "number", "from 0 up"),
    ("places", _TEXTS, "codes that units begin with; all where empty"),
    ("least", "object", "least figure of the units that take part"),
    ("least.<layer>", "number", "in the unit of the layer"),
    ("aggregation", "text", "arithmetic or geometric"),
    ("seed", "integer", "of the draws"),
    ("note", "text", "of the author"),
    ("author", "text", "who saved it"),
    ("build", "text", "hash of the build that it was saved on"),
    ("answer", "text", "SHA-256 of the ranking that it gave"),
)
_CHANGES: Shape = (
    ("settings", "object", "settings that differ, each with its two values"),
    ("settings.<setting>", "list", "before and after"),
    ("inputs", _TEXTS, "sources whose file differs"),
    ("moved", "list", "units with another place, those that move furthest first"),
    ("moved[].ubigeo", "text", "INEI code"),
    ("moved[].before", "integer or null", "place before"),
    ("moved[].after", "integer or null", "place after"),
    (
        "moved[].causes",
        "object or null",
        "parts that sum to the change; null where the store no longer has both builds",
    ),
    ("moved[].causes.<cause>", "number", "data, weights, method or boundary"),
    ("entered", _TEXTS, "units that only the second one has"),
    ("left", _TEXTS, "units that only the first one has"),
)
SHAPES: dict[str, Shape] = {
    "build": (
        ("units", "object", "number of units of each level that the build has"),
        ("units.<level>", "integer", "district, province or region"),
        ("layers", "integer", "number of layers"),
        ("sources", "object", "what became of each source that was asked for"),
        ("sources.<source>.place", "text or null", "store, mirror or starter; null where absent"),
        ("sources.<source>.vintage", "text", "date or period that its figures speak of"),
        ("sources.<source>.rows", "integer", "rows on known units"),
        ("sources.<source>.repaired_codes", "integer", "codes whose leading zero was restored"),
        ("sources.<source>.unmatched", _TEXTS, "codes that no unit bears; their rows are left out"),
        ("missing", "list", "sources that could not be had"),
        ("missing[].source", "text", "id of the source"),
        ("missing[].problem", "text", "why, in one sentence"),
        ("missing[].layers", _TEXTS, "layers that hang on it"),
        ("loaded", "list", "published totals beside loaded figures, as in geoapp load"),
        ("seconds", "number", "time of the build without writing it"),
        ("hash", "text", "names the build: same sources, catalogue and version, same hash"),
    ),
    "codes": (
        ("scheme", "text", "inei, reniec, mixed or ambiguous; the last two are refused"),
        ("evidence", "object", "what the decision rests on; more counts where the table has codes"),
        ("evidence.ground", "text", "why: see the list below"),
        ("evidence.level", "text", "district, province or region"),
        ("evidence.repeated_units", "integer", "rows whose unit another row has too"),
        ("evidence.notes", _TEXTS, "what was assumed to read the file"),
        ("evidence.rows", "integer", "rows of the table"),
        ("evidence.lost_zeros", "integer", "codes that had lost a leading zero"),
        ("evidence.valid_inei", "number", "share of rows with a code of INEI, 0 to 1"),
        ("evidence.valid_reniec", "number", "share of rows with a code of RENIEC, 0 to 1"),
        ("evidence.known_codes", "integer", "different codes that are in either list"),
        ("evidence.only_inei_codes", "integer", "of them, those that only INEI has"),
        ("evidence.only_reniec_codes", "integer", "of them, those that only RENIEC has"),
        ("evidence.named", "integer", "rows with a known code and a name"),
        ("evidence.agree_inei", "number", "share of them whose name is that of the INEI unit"),
        ("evidence.agree_reniec", "number", "share of them whose name is that of the RENIEC unit"),
        ("evidence.votes_inei", "integer", "rows whose name only fits INEI"),
        ("evidence.votes_reniec", "integer", "rows whose name only fits RENIEC"),
        ("evidence.certainty", "number", "chance that names decide rightly; 0 where they do not"),
        ("evidence.inei_rows", "list of integer", "first ten rows that can only be INEI"),
        ("evidence.reniec_rows", "list of integer", "first ten rows that can only be RENIEC"),
        ("matched", "integer", "rows with a unit"),
        ("repaired", "list", "codes that were changed"),
        ("repaired[].row", "integer", "row of the file, the header being 1"),
        ("repaired[].from", "text", "code as it stands in the file"),
        ("repaired[].to", "text", "code as it was read"),
        ("repaired[].reason", "text", "why, for instance lost_zero"),
        ("unmatched", "list", "rows without a unit"),
        ("unmatched[].row", "integer", "row of the file"),
        ("unmatched[].code", "text", "its code, or empty"),
        ("unmatched[].name", "text", "its name, or empty"),
        ("unmatched[].reason", "text", "why, for instance code_unknown or name_repeated_elsewhere"),
        ("unmatched[].nearest", _TEXTS, "most similar units"),
        ("matched_by_name", "list", "rows whose unit was found by a name that is not spelt alike"),
        ("matched_by_name[].row", "integer", "row of the file"),
        ("matched_by_name[].ubigeo", "text", "INEI code of the unit"),
        ("matched_by_name[].provider", "text", "name in the file"),
        ("matched_by_name[].official", "text", "official name"),
        ("matched_by_name[].score", "number", "likeness, 0 to 100"),
        ("units", "list", "every row that has a unit"),
        ("units[].row", "integer", "row of the file"),
        ("units[].ubigeo", "text", "INEI code of the unit"),
    ),
    "focus": (
        ("question", "object", "what was asked"),
        ("question.problem", "text", "p-median, cover or capacity"),
        ("question.level", "text", "level of the units"),
        ("question.demand", "text", "a layer of counts, or score"),
        ("question.people", "text", "layer of the people that are counted"),
        ("question.sites", "integer", "how many offices"),
        ("question.today", "text", "fixed or free"),
        ("question.within", "number", "reach of an office, in the measure"),
        ("question.required", _TEXTS, "sites that were required, besides today's"),
        ("question.forbidden", _TEXTS, "sites that were forbidden"),
        ("question.capacity", "number or null", "demand that an office can serve"),
        ("question.measure", "text", "km, or hours where a file of times gives them"),
        ("question.estimated", "boolean", "true where no road was measured"),
        ("question.candidates", "integer", "number of possible sites"),
        ("question.units_without_demand", "integer", "units without a figure, which weigh nothing"),
        ("objective", "object", "what is best, and that it is proven"),
        ("objective.kind", "text", "mean_distance, or covered_share (0 to 1)"),
        ("objective.value", "number", "the objective"),
        ("objective.mean_distance", "number", "mean distance of the demand, whatever was asked"),
        ("objective.proven", "boolean", "always true: the gap is zero"),
        ("sites", "list", "the offices, by code"),
        ("sites[].ubigeo", "text", "unit in which it stands"),
        ("sites[].name", "text", "name of the unit"),
        ("sites[].office", "text or null", "name of the office of today that stands there"),
        ("sites[].kind", "text", "head, suboffice, liaison or proposed"),
        ("sites[].lon", "number", "where it is taken to be"),
        ("sites[].lat", "number", "where it is taken to be"),
        ("sites[].units", "integer", "units that it serves, shared ones included"),
        ("sites[].load", "number", "demand that it serves"),
        ("sites[].people", "number", "people that it serves"),
        ("assignment", "list", "who goes where; a unit that offices share has a row for each"),
        ("assignment[].ubigeo", "text", "the unit"),
        ("assignment[].office", "text", "unit of its office"),
        ("assignment[].km", "number or null", "distance; null where hours are given"),
        ("assignment[].hours", "number or null", "time; null where km are given"),
        ("assignment[].share", "number", "part of the unit, 1 where it has one office"),
        ("assignment[].within", "boolean", "whether the office is within reach"),
        ("uncovered_people", "number", "people whose office is out of reach"),
        ("price_of_constraints", "list", "the objective again without each condition"),
        ("price_of_constraints[].constraint", "text", "today, require, forbid or capacity"),
        ("price_of_constraints[].objective", "number", "with the condition"),
        ("price_of_constraints[].without", "number", "without it"),
        ("price_of_constraints[].price", "number", "the difference, from 0 up"),
        ("price_of_constraints[].sites_without", _TEXTS, "the sites without it"),
        ("one_more", "list", "places for one office more, best first; empty where not asked"),
        ("one_more[].ubigeo", "text", "unit of the place"),
        ("one_more[].name", "text", "its name"),
        ("one_more[].objective", "number", "the objective with it"),
        ("one_more[].gain", "number", "how much better that is, from 0 up"),
        ("one_more[].people_nearer", "number", "people whose way becomes shorter"),
    ),
    "rank": (
        ("scenario", "object", "what was weighed"),
        ("scenario.id", "text", "name of the scenario"),
        ("scenario.hash", "text", "names scenario and weights"),
        ("scenario.level", "text", "district, province or region"),
        ("scenario.dropped", _TEXTS, "weighed layers of which no unit of the level has a figure"),
        ("scenario.weights", "object", "weight of each layer"),
        ("scenario.weights.<layer>", "number", "from 0 up"),
        ("units", "list", "first units first, those without a rank at the end"),
        ("units[].ubigeo", "text", "INEI code"),
        ("units[].name", "text", "official name"),
        ("units[].province", "text", "name of its province; empty for a region"),
        ("units[].region", "text", "name of its region"),
        ("units[].reniec", "text", "RENIEC code of a district, or empty"),
        ("units[].rank", "integer or null", "1 is first; null where too much is missing"),
        ("units[].score", "number or null", "0 to 100"),
        ("units[].low", "number", "score with the best observed value in place of what is missing"),
        ("units[].high", "number", "the same with the worst observed value"),
        ("units[].confidence.score", "number", "0 to 1, by the weights of the scenario"),
        ("units[].confidence.class", "text", "alta, media or baja"),
        ("units[].contributions", "object", "what each layer adds; they sum to the score"),
        ("units[].contributions.<layer>", "number or null", "0 to 100"),
        ("units[].imputed", _TEXTS, "layers where the national median stands in"),
        ("units[].robust", "object or null, with --robust", "null where the unit has no rank"),
        ("units[].robust.p_top", "number", "share of draws among the first, 0 to 1"),
        ("units[].robust.p_first", "number", "share of draws in the first place"),
        ("units[].robust.rank_low", "integer", "5th percentile of its places"),
        ("units[].robust.rank_high", "integer", "95th percentile"),
        ("units[].robust.rank_mean", "number", "mean place"),
        ("units[].robust.central_weights", "object or null", "null where it is never first"),
        (
            "units[].robust.central_weights.<layer>",
            "number",
            "mean share of the layer in the draws that put it first",
        ),
        ("robust", "object, with --robust", "what was drawn, and what it says of the whole"),
        ("robust.draws", "integer", "number of draws"),
        ("robust.kappa", "number or null", "closeness to the agreed weights; null: any weights"),
        ("robust.seed", "integer", "same seed, same answer"),
        ("robust.with_ranges", "boolean", "true where figures are drawn in their ranges"),
        ("robust.half_width", "number", "half of the 95 % interval of a share, at most"),
        ("robust.top", "integer", "how many are the first"),
        ("robust.likely", _TEXTS, "units most often among the first"),
        ("robust.wins", "list", "each unit against the one that follows it"),
        ("robust.wins[].one", "text", "the first of two units"),
        ("robust.wins[].other", "text", "the second one"),
        ("robust.wins[].one_wins", "number", "share of draws in which the first is ahead"),
        ("robust.wins[].other_wins", "number", "share in which it is behind; the rest are ties"),
        ("robust.pair", "object or null", "the same for the two units of --pair"),
        ("robust.pair.one", "text", "the first of them"),
        ("robust.pair.other", "text", "the second"),
        ("robust.pair.one_wins", "number", "share of draws"),
        ("robust.pair.other_wins", "number", "share of draws"),
        ("robust.alternatives", "list", "other choices of method, what moves most first"),
        (
            "robust.alternatives[].choice",
            "text",
            "aggregation, observed_limits, percentiles, no_logarithm or left_out",
        ),
        ("robust.alternatives[].layer", "text or null", "the layer that is left out"),
        ("robust.alternatives[].entered", "integer", "units that come among the first"),
        ("robust.alternatives[].shift", "number", "mean change of place of all units"),
        ("robust.alternatives[].correlation", "number", "of places, by Spearman"),
        ("robust.sentence", "object", "which choice moves the first most, by language"),
        ("robust.sentence.<language>", "text", "es or en"),
    ),
    "explain": (
        ("ubigeo", "text", "INEI code"),
        ("name", "text", "official name"),
        ("scenario", "object", "what was weighed"),
        ("scenario.id", "text", "name of the scenario"),
        ("scenario.hash", "text", "names scenario and weights"),
        ("scenario.level", "text", "district, province or region"),
        ("rank", "integer or null", "null where too much is missing"),
        ("ranked", "integer", "units that have a place"),
        ("top", "integer", "how many are the first"),
        ("is_in", "boolean", "true where it is one of them"),
        ("score", "number or null", "0 to 100"),
        ("threshold", "number or null", "score at which it would come in, or go out"),
        ("missing_weight", "number", "share of the weight without a figure of its own"),
        ("reasons", "list", "layers, what sets it apart most first"),
        ("reasons[].layer", "text", "id of the layer"),
        ("reasons[].value", "number or null", "its figure; null where the median stands in"),
        ("reasons[].adds", "number", "points that it adds; they sum to the score"),
        ("reasons[].typical", "number", "points that it adds to the unit in the middle"),
        ("changes", "object", "single changes that would turn it, all else as it is"),
        *(
            (f"changes.{kind}{path}", type_, meaning)
            for kind in ("figures", "weights")
            for path, type_, meaning in (
                ("", "list", "the smallest change first"),
                ("[].layer", "text", "id of the layer"),
                ("[].now", "number or null", "as it is"),
                ("[].then", "number", "as it would have to be, or beyond"),
                ("[].rises", "boolean", "true where beyond is more"),
                ("[].size", "number", "share of the way between the limits, or of all weight"),
            )
        ),
        ("sentences", "object", "the same in words, by language"),
        ("sentences.<language>", _TEXTS, "es or en"),
    ),
    "scenario save": (("file", "text", "the file that was written"), *_SCENARIO),
    "scenario list": (
        ("[].file", "text", "where it lies"),
        *((f"[].{path}", kind, meaning) for path, kind, meaning in _SCENARIO),
    ),
    "scenario diff": _CHANGES,
    "scenario replay": (
        ("identical", "boolean", "true where it gives the same to the byte"),
        ("builds", _TEXTS, "hash of the build that it was saved on, and of the one of today"),
        *_CHANGES,
    ),
    "decide": (
        ("file", "text", "the record, which is never written again"),
        ("name", "text", "what was decided"),
        ("scenario", "text", "hash of the scenario"),
        ("build", "text", "hash of the build"),
        ("answer", "text", "SHA-256 of the ranking"),
    ),
    "layers": (
        ("frame", "text or null", "id of the results frame; null where the country has none"),
        ("goals_of", "text", "pillar: sdgs and gcm are of the pillars, not of the objectives"),
        ("layers", "list", "layers that meet every condition, in the order of the catalogue"),
        ("layers[].id", "text", "id of the layer"),
        ("layers[].title", "text", "its title in Spanish"),
        ("layers[].dimension", "text", "population, migrants, needs, hazard and so on"),
        ("layers[].unit", "text", "what it is counted in"),
        ("layers[].sectors", _TEXTS, "sectors that it speaks of, or whose needs it places"),
        ("layers[].hazard", "text or null", "kind of hazard"),
        ("layers[].objectives", _TEXTS, "objectives that it serves"),
        ("layers[].sdgs", "list of integer", "Sustainable Development Goals of their pillars"),
        ("layers[].gcm", "list of integer", "Global Compact objectives of their pillars"),
    ),
    "show": (
        ("ubigeo", "text", "INEI code"),
        ("pcode", "text", "P-code"),
        ("reniec", "text or null", "RENIEC code of a district, where it is known"),
        ("level", "text", "district, province or region"),
        ("name", "text", "official name"),
        ("parents", "object", "coarser units that hold it"),
        ("parents.<level>.ubigeo", "text", "code of the parent"),
        ("parents.<level>.name", "text", "its name"),
        ("area_km2", "number", "computed from the published border"),
        ("boundary", "text", "as published, or repaired and how"),
        ("layers", "object", "every figure of the unit"),
        ("layers.<layer>.value", "number or null", "null is missing, never zero"),
        ("layers.<layer>.unit", "text", "what it is counted in"),
        (
            "layers.<layer>.method",
            "text",
            "observed, zonal, inherited, spread, modelled or missing",
        ),
        (
            "layers.<layer>.confidence.score",
            "number",
            "0 to 1, of the day of the build; confidence is null where there is no figure",
        ),
        ("layers.<layer>.confidence.class", "text", "alta, media or baja"),
        ("layers.<layer>.source", "text", "ids of the sources behind it, parted by semicolons"),
        ("layers.<layer>.publisher", "text", "who publishes them"),
        ("layers.<layer>.vintage", "text", "of when they are"),
        ("layers.<layer>.licence", "text", "under which terms"),
        ("layers.<layer>.landing", "text", "page of the first source"),
        (
            "layers.<layer>.range",
            "list of number, where there is one",
            "low and high over other weights or, of an index, over what it misses",
        ),
        ("layers.<layer>.at_ceiling", "boolean, with a range", "true where a cap holds the figure"),
        ("layers.<layer>.class", "number or null, of an index", "1 very low to 5 very high"),
        ("layers.<layer>.share_missing", "number, of an index", "0–1 of its indicators"),
        (
            "layers.<layer>.mean_age_years",
            "number or null, of an index",
            "mean age today of the indicators that are present",
        ),
        ("layers.<layer>.parents", "list, where derived", "units that it was taken from"),
        ("layers.<layer>.parents[].ubigeo", "text", "code of the parent"),
        ("layers.<layer>.parents[].share", "number", "share of the parent that is taken"),
        ("layers.<layer>.parents[].basis", "text", "code, renumbered, people or area"),
        ("layers.<layer>.inputs", _TEXTS, "layers that a model was computed from"),
    ),
    "show --why": (
        ("layer", "text", "id of the layer, or key of a national figure"),
        ("title", "text", "its title in Spanish"),
        ("ubigeo", "text or null", "unit of the number; null for the country"),
        ("name", "text or null", "name of the unit"),
        ("value", "number or null", "the number; null is missing"),
        ("unit", "text", "what it is counted in"),
        ("method", "text or null", "as in geoapp show"),
        ("rule", "text", "how it follows from its inputs: a rule or a model"),
        ("formula", "text", "the formula in Spanish with its numbers"),
        ("terms", "object", "numbers of the formula that are no inputs, or lists of them"),
        ("terms.<term>", "number, null or list", "for instance level, share, factor, limits"),
        ("recomputed", "number or null", "the value computed again; null where it is published"),
        ("record", "object or null", "where in a published file the number stands"),
        ("record.source", "text", "id of the source"),
        ("record.publisher", "text", "who publishes it"),
        ("record.title", "text", "how it is cited"),
        ("record.vintage", "text", "of when it is"),
        ("record.licence", "text", "under which terms"),
        ("record.landing", "text", "its page"),
        ("record.sha256", "text", "hash of the file"),
        ("record.row", "text or null", "code or key of the row, as in the file"),
        ("record.columns", _TEXTS, "columns that it was read from"),
        ("record.where", "object", "rows that count, by column"),
        ("record.where.<column>", _TEXTS, "accepted texts"),
        ("record.note", "text or null", "what the file says of the number"),
        ("inputs", "list", "the numbers below, each with these same keys"),
    ),
    "check": (
        ("boundaries", "object", "what is wrong with the finest boundaries, and what was mended"),
        ("boundaries.source", "text", "id of their source"),
        (
            "boundaries.published",
            "object",
            "units as published: absent, unexpected, empty, invalid",
        ),
        ("boundaries.levels", "object", "units, empty and invalid after repair, by level"),
        ("boundaries.unmatched", _TEXTS, "units whose lines do not match their neighbours'"),
        ("boundaries.unmatched_degrees", "number", "length of those lines"),
        ("boundaries.overlaps", "list", "pairs of units that overlap, with km2"),
        ("boundaries.gaps", "list", "holes, with place, km2, kind and name where known"),
        ("boundaries.areas", "object", "comparison with official areas"),
        ("boundaries.repairs", "list", "units that were mended, and how"),
        ("boundaries.unexplained", "object", "what no declaration explains"),
        ("boundaries.ok", "boolean", "true where nothing is unexplained"),
        ("totals", "list", "sums of layers against what they should be"),
        ("totals[].layer", "text", "id of the layer"),
        ("totals[].level", "text", "level of the sum"),
        ("totals[].unit", "text or null", "unit or group; null for the country"),
        ("totals[].sum", "number", "what it comes to"),
        ("totals[].expected", "number", "what it should be"),
        ("totals[].difference", "number", "the first less the second"),
        ("totals[].reason", "text or null", "declared reason of a difference"),
        ("totals[].ok", "boolean", "true where equal or explained"),
        ("published", "list", "regions as published against what their districts come to"),
        ("codes", "list", "rows, repaired and unmatched codes by source"),
        (
            "places",
            "list",
            "by source of points: `rows`, `repeated` ones left out, codes that are `differing` among them, "
            "`without_point`, `outside_box`, `abroad`, `unplaced`, `by_name`; `elsewhere` and `doubtful` as "
            "(code, declared unit, unit of the point)",
        ),
        ("missing", "list", "units without a figure by layer, level and reason"),
        ("loaded", "list", "published totals beside loaded figures, as in geoapp load"),
        ("ok", "boolean", "true where all is equal or explained"),
    ),
    "event": (
        ("footprint.kind", "text", "shakemap, epicentre, polygon, raster or districts"),
        ("footprint.is_rough", "boolean", "true where equations stand in for a map of shaking"),
        ("footprint.source", "object", "file and what its header states, as text"),
        (
            "footprint.source.<key>",
            "text",
            "file, id, time, place, magnitude, depth_km, lon, lat …",
        ),
        ("footprint.unmatched", _TEXTS, "rows of a list that name no unit"),
        ("bands[].id", "text", "class of intensity, threshold, colour of alert or inside"),
        ("bands[].low", "number or null", "lower limit, included"),
        ("bands[].high", "number or null", "upper limit, excluded; null where open or none"),
        ("bands[].units", "integer", "units with a share in the band"),
        *_exposed("bands[]"),
        ("bands[].displaced_rate.low", "number", "share of people displaced, an assumption"),
        ("bands[].displaced_rate.high", "number", "the same, high"),
        ("units[].ubigeo", "text", "one row a unit and band"),
        ("units[].name", "text", "of the unit"),
        ("units[].province", "text", "of the unit"),
        ("units[].region", "text", "of the unit"),
        ("units[].band", "text", "id of the band"),
        ("units[].share", "number", "0-1, share of the people of the unit"),
        ("units[].basis", "text", "whole, declared, people, people_and_area or area"),
        *_exposed("units[]"),
        ("units[].office", "text", "the nearest by great circle"),
        ("units[].office_km", "number", "from a point inside the unit"),
        ("by_office[].office", "text", "id of the office"),
        ("by_office[].name", "text", "its city"),
        ("by_office[].units", "integer", "units that it answers for"),
        *_exposed("by_office[]"),
        ("totals.units", "integer", "units touched"),
        *_exposed("totals"),
        ("totals.strong", "object or null", "the same from intensity 6 on; null for no earthquake"),
        ("totals.strong.units", "integer", "units with a share there"),
        *_exposed("totals.strong"),
        ("totals.relief_per_day", "object", "for exposed, displaced_low and displaced_high"),
        ("totals.relief_per_day.<group>.water_litres", "number or null", "15 a person (Sphere)"),
        ("totals.relief_per_day.<group>.kcal", "number or null", "2,100 a person (Sphere)"),
        ("totals.deaths", "object or null", "order of magnitude by PAGER; null for no earthquake"),
        ("totals.deaths.from", "integer", "a power of ten, or 0"),
        ("totals.deaths.to", "integer", "the next power of ten"),
        ("facilities", "list", "health facilities inside"),
        *_place("facilities[]"),
        ("facilities_by_category", "object", "how many of each category"),
        ("facilities_by_category.<category>", "integer", "facilities"),
        ("warehouses", "list", "within 100 km of exposed people, nearest first"),
        *_place("warehouses[]"),
        ("warehouses[].km", "number", "as the crow flies"),
        ("provenance.build", "text", "hash of the build"),
        ("provenance.version", "text", "of the product"),
        ("provenance.level", "text", "level of the units"),
        ("provenance.shares", "object", "units by how their share was found"),
        ("provenance.shares.<basis>", "integer", "units"),
        ("provenance.displaced_rates", "text", "always assumption"),
        ("provenance.layers", "object", "layer of each figure"),
        ("provenance.layers.<figure>", "text", "id of the layer"),
        ("provenance.sources", "object", "sources of each layer"),
        ("provenance.sources.<layer>", _TEXTS, "ids of sources"),
        ("unknown.figures", "object", "units without a figure: they are in no sum"),
        ("unknown.figures.<figure>", _TEXTS, "UBIGEO"),
        ("unknown.facilities_without_point", "integer", "in the units touched, in no count"),
    ),
    "export": (
        ("file", "text", "the file that was written"),
        ("format", "text", "geojson, csv or gpkg"),
        ("level", "text", "district, province or region"),
        ("rows", "integer", "number of units"),
        ("columns", "integer", "number of columns without the geometry"),
        ("left_out", _TEXTS, "columns without a licence to pass them on"),
        ("hash", "text", "the build it was written from"),
    ),
    "report": (
        ("report", "text", "sheet, memo, atlas, workbook or sheets"),
        ("path", "text", "where it was written; with sheets, the folder"),
        ("files", "integer", "how many are there"),
        ("hash", "text", "the build it was made from"),
        ("date", "text", "day that it bears"),
    ),
    "missing": (
        ("missing", "list", "every kind of file that is awaited, loaded ones included"),
        ("missing[].id", "text", "kind, as geoapp load names it"),
        ("missing[].title", "text", "what it is called, in Spanish"),
        ("missing[].description", "text", "what it is"),
        ("missing[].kind", "text", "table, limits, polygons, points, lines, raster or activity"),
        ("missing[].formats", _TEXTS, "formats that are read"),
        ("missing[].publisher", "text", "who is known to have such data"),
        ("missing[].landing", "text or null", "page where it may be had"),
        ("missing[].template", "text or null", "file to fill in"),
        ("missing[].layers", _TEXTS, "layers that it brings or whose cells it replaces"),
        ("missing[].change", "text", "what it would change"),
        ("missing[].loaded", "text or null", "publisher and vintage of what was loaded"),
        ("missing[].load", "text", "command that loads it"),
    ),
    "load": (
        ("kind", "text", "kind of file"),
        ("sha256", "text", "of its bytes"),
        ("rows", "integer", "rows, features or cells"),
        ("units", "integer", "districts that get a figure"),
        ("unplaced", "list", "rows or features without a district"),
        ("unplaced[].row", "integer", "row of the file, the header being 1, or feature from 1"),
        ("unplaced[].code", "text", "its code, or empty"),
        ("unplaced[].name", "text", "its name, or empty"),
        ("unplaced[].reason", "text", "why, for instance code_unknown or outside_every_unit"),
        ("unplaced[].nearest", _TEXTS, "most similar units"),
        ("notes", _TEXTS, "what was assumed to read the file"),
        ("feeds", _TEXTS, "layers that it brings or whose cells it replaces"),
        ("balances", "list", "published totals beside loaded figures; empty with --no-build"),
        ("balances[].layer", "text", "id of the layer"),
        ("balances[].regions", _TEXTS, "group of regions of the total; empty for the country"),
        ("balances[].total", "number", "published total"),
        ("balances[].loaded", "number", "sum of the loaded figures"),
        ("balances[].sum", "number", "sum of all figures"),
        ("balances[].difference", "number", "sum less total"),
        ("balances[].balance", "text", "kept, loaded_exceeds or no_room"),
    ),
    "gap": (
        ("standing", "text", "key of the words that stand beside every figure of need"),
        ("level", "text", "district, province or region"),
        ("source", "object", "the loaded file"),
        ("source.publisher", "text", "who answers for it"),
        ("source.vintage", "text", "date or period that it speaks of"),
        ("source.name", "text", "name of the file"),
        ("months", "text", "sum or largest: how months become one figure"),
        ("rows", "integer", "rows that count"),
        ("unplaced", "integer", "rows that count nowhere; --report lists them with their reason"),
        ("partners", _TEXTS, "who reports"),
        ("sectors", "object", "sum of the units of the level, by sector"),
        ("sectors.<sector>.need", "number or null", "people in need"),
        ("sectors.<sector>.targeted", "number or null", "people targeted and not reached yet"),
        ("sectors.<sector>.reached", "number or null", "people reached"),
        ("sectors.<sector>.gap", "number or null", "need − targeted − reached where reported"),
        ("sectors.<sector>.beyond", "number or null", "by how much reports pass the need"),
        ("sectors.<sector>.unknown", "number or null", "need of places that nobody reports on"),
        ("sectors.<sector>.units_with_report", "integer", "units with a gap"),
        ("sectors.<sector>.units_without_report", "integer", "units whose gap is unknown"),
        ("units", "list", "largest gap of a sector first, those without a report at the end"),
        ("units[].ubigeo", "text", "code"),
        ("units[].name", "text", "name"),
        ("units[].province", "text", "its province, or empty"),
        ("units[].region", "text", "its region, or empty"),
        (
            "units[].sectors",
            "object",
            "by sector; need + beyond = targeted + reached + gap + unknown",
        ),
        ("units[].sectors.<sector>.need", "number or null", "people in need"),
        ("units[].sectors.<sector>.targeted", "number or null", "as above, null if not reported"),
        ("units[].sectors.<sector>.reached", "number or null", "as above, null if not reported"),
        ("units[].sectors.<sector>.gap", "number or null", "null where nobody reports: unknown"),
        ("units[].sectors.<sector>.beyond", "number or null", "as above"),
        ("units[].sectors.<sector>.unknown", "number or null", "as above"),
        (
            "units[].sectors.<sector>.reported_by",
            _TEXTS,
            "partners with a report on it or inside it",
        ),
        (
            "units[].sectors.<sector>.reported_above",
            _TEXTS,
            "partners that report only on its province or region",
        ),
    ),
    "pattern": (
        ("layer", "text", "score or the layer that was compared"),
        ("level", "text", "district, province or region"),
        ("permutations", "integer", "how many"),
        ("seed", "integer", "of the permutations"),
        ("alpha", "number", "rate of false discoveries, 0 to 1"),
        ("compared", "integer", "units with a value and a neighbour"),
        ("clusters", "object", "number of units of each kind by local Moran"),
        ("clusters.<cluster>", "integer", "high_high, low_high, low_low, high_low or none"),
        ("spots", "object", "number of units of each kind by Gi*"),
        ("spots.<spot>", "integer", "hot, cold or none"),
        ("islands", _TEXTS, "units with a value and without a neighbour: no statistic"),
        ("missing", _TEXTS, "units without a value"),
        ("units", "list", "units in a cluster or spot, the firmest first"),
        ("units[].ubigeo", "text", "code"),
        ("units[].name", "text", "name"),
        ("units[].region", "text", "its region, or empty"),
        ("units[].value", "number", "what was compared; log(1 + x) of a layer scored by it"),
        ("units[].local_moran", "number", "I of the unit"),
        ("units[].moran_p", "number", "its pseudo p, one tail"),
        ("units[].moran_q", "number", "the same after Benjamini–Hochberg"),
        ("units[].cluster", "text", "kind by local Moran"),
        ("units[].gi_star", "number or null", "standardised Gi*; null where it touches all others"),
        ("units[].gi_p", "number", "its pseudo p, one tail"),
        ("units[].gi_q", "number", "the same after Benjamini–Hochberg"),
        ("units[].spot", "text", "kind by Gi*"),
    ),
    "quadrants": (
        ("standing", "text", "key of the words that stand beside every figure of need"),
        ("level", "text", "district, province or region"),
        ("median", "number or null", "people in need above which a unit is large"),
        ("quadrants", "object", "number of units of each kind"),
        (
            "quadrants.<quadrant>",
            "integer",
            "act_now, severe_small, large_moderate, watch or unknown",
        ),
        ("units", "list", "every unit, most people in need first"),
        ("units[].ubigeo", "text", "code"),
        ("units[].name", "text", "name"),
        ("units[].region", "text", "its region, or empty"),
        ("units[].people", "number or null", "joint people in need"),
        ("units[].severity_low", "number or null", "least phase, 1 to 5"),
        ("units[].severity_high", "number or null", "greatest phase, 1 to 5"),
        ("units[].quadrant", "text", "kind; unknown where the phases lie on both sides of 3"),
        ("units[].confidence", "text", "alta, media or baja: that of the people in need"),
    ),
    "needs": (
        ("standing", "text", "key of the words that stand beside every joint figure"),
        ("vocabulary", "text", "r4v or jiaf2"),
        ("level", "text", "district, province or region"),
        ("sectors", _TEXTS, "sectors that enter"),
        ("entering", _TEXTS, "sectors that enter and are not in R4V"),
        ("leaving", _TEXTS, "sectors of R4V that do not enter"),
        ("shown_only", _TEXTS, "areas of responsibility, which never enter"),
        ("total.low", "number", "least people in need of all units"),
        ("total.high", "number", "most people in need of all units"),
        ("total.final", "number", "sum of what is known or decided"),
        ("beyond", _TEXTS, "units with more people in need of a sector than people"),
        ("units", "list", "the most people first, or the one asked for"),
        ("units[].ubigeo", "text", "INEI code"),
        ("units[].name", "text", "official name"),
        ("units[].region", "text", "name of its region"),
        ("units[].sectors.<sector>.people", "number or null", "people in need"),
        ("units[].sectors.<sector>.method", "text", "observed, modelled or missing"),
        ("units[].sectors.<sector>.severity", "number or null", "1 to 5"),
        *(
            row
            for figure, what in (("joint", "people in need"), ("severity", "1 to 5"))
            for row in (
                (f"units[].{figure}.low", "number or null", f"least {what}"),
                (f"units[].{figure}.high", "number or null", f"most {what}; null where unbounded"),
                (f"units[].{figure}.value", "number or null", "where the two are equal"),
                (f"units[].{figure}.flags", _TEXTS, "why the group should look at it"),
                (f"units[].{figure}.final", "number or null", "value, or what was decided"),
                (f"units[].{figure}.reason", "text or null", "why it was decided so"),
            )
        ),
    ),
    "sources": (
        ("[].id", "text", "id of the source"),
        ("[].publisher", "text", "who publishes it"),
        ("[].vintage", "text", "of when its figures are"),
        ("[].licence", "text", "under which terms"),
        ("[].landing", "text", "page where a person finds the original"),
        ("[].url", "text or null", "address that geoapp fetch asks; null where there is none"),
        ("[].bytes", "integer", "size that is declared"),
        ("[].place", "text or null", "store, mirror or starter; null where absent"),
        ("[].path", "text or null", "where it lies on this machine"),
        ("[].verified", "boolean", "true where size and sha256 are those declared"),
        ("[].problem", "text or null", "what is wrong with it"),
        ("[].roles", _TEXTS, "boundaries, names, neighbours: what it is beyond its layers"),
        ("[].layers", _TEXTS, "layers that hang on it"),
        ("[].remedy", "text or null", "what to do, in Spanish, where absent or damaged"),
    ),
    "fetch": (
        ("[].id", "text", "id of the source"),
        ("[].outcome", "text", "present, fetched, planned (with --dry-run) or failed"),
        ("[].place", "text or null", "store, mirror or starter; null where it could not be had"),
        ("[].path", "text or null", "where it lies on this machine"),
        ("[].tries", "integer", "times that the server was asked"),
        ("[].reason", "text or null", "kind of failure, a closed list"),
        ("[].problem", "text or null", "the failure in one sentence"),
        ("[].landing", "text", "page where a person finds the original"),
        ("[].url", "text or null", "address that was asked"),
        ("[].roles", _TEXTS, "boundaries, names, neighbours"),
        ("[].layers", _TEXTS, "layers that hang on it"),
    ),
}
EXAMPLES = {
    "missing": "geoapp missing",
    "load": "geoapp load need pin.csv --publisher GTRM --vintage 2026-03-31",
    "needs": "geoapp needs --ubigeo 150132 --json",
    "gap": "geoapp gap --level region --sector health --json",
    "pattern": "geoapp pattern --layer needs_per_person --level province",
    "quadrants": "geoapp quadrants --level province --json",
    "decide-need": 'geoapp decide-need 150132 --value 52000 --reason "conteo propio" --by "GTRM Lima"',
    "backtest": "geoapp backtest --json",
    "check": "geoapp check --json",
    "sources": "geoapp sources --json",
    "fetch": "geoapp fetch --dry-run",
    "build": "geoapp build --json",
    "codes": "geoapp codes beneficiarios.xlsx --code UBIGEO --name Distrito --json",
    "rank": "geoapp rank --level province --top 10 --weight venezuelan_people:5 --json",
    "event": "geoapp event grid.xml --displaced 7:1-5 --json",
    "show": "geoapp show 240101 --why pin_wash",
    "layers": "geoapp layers --objective 1.1 --sector wash --json",
    "explain": "geoapp explain 240101 --top 50 --json",
    "scenario save": "geoapp scenario save norte --weight venezuelan_people:5 --place 20 --json",
    "scenario list": "geoapp scenario list --json",
    "scenario diff": "geoapp scenario diff norte norte_2 --json",
    "scenario replay": "geoapp scenario replay norte --json",
    "decide": 'geoapp decide "Apertura 2026" --scenario norte --who "Comité" --reason "Acta 12"',
    "focus": "geoapp focus --problem cover --sites 8 --within 150 --json",
    "export": "geoapp export --format gpkg --level district -o distritos.gpkg",
    "report": "geoapp report sheets --level district -o fichas --jobs 2 --resume",
    "serve": "GEOAPP_PORT=8060 geoapp serve",
}
EXITS = {
    "missing": "0, also where much is missing; 2 for a wrong option.",
    "load": "0; 1 where the file cannot be used, with one sentence a fault: what was loaded before stays; 2 for a request that lacks kind, file, publisher or vintage.",
    "needs": "0; 1 for an unknown unit, and for jiaf2 where figures and severities are not loaded; 2 for a wrong option.",
    "gap": "0; 1 where no activity is loaded, or for an unknown sector or unit; 2 for a wrong option.",
    "pattern": "0; 1 for an unknown layer, or values without a pattern to tell; 2 for a wrong option.",
    "quadrants": "0; 1 where the build has no such level; 2 for a wrong option.",
    "decide-need": "0; 1 for an unknown district, a value that cannot be or a decision without reason: nothing is kept; 2 for a wrong option.",
    "backtest": "0; 1 where the census of 2017 is not at hand; 2 for a wrong option.",
    "check": "0 where every difference has a reason; 1 where one has none; 2 for a wrong option.",
    "sources": "0 where every source is here and is the one declared; 1 where one is absent or damaged; 2 for a wrong setting or option.",
    "fetch": "0 where everything is here at the end; 1 where something could not be had; 2 where the request is wrong.",
    "build": "0 also where some sources are missing (they are named); 1 where neither districts nor regions have borders, or units have no names.",
    "codes": "0 where the scheme is certain, rows without a unit included; 1 where the table is refused or cannot be read; 2 for a column or scheme that does not exist.",
    "rank": "0; 1 for a layer or weight that the scenario cannot take, or a level that the build has not; 2 for a wrong option.",
    "event": "0, also where nobody is exposed; 1 where the footprint cannot be read or no feed answers; 2 for a wrong option.",
    "show": "0; 1 for a code that is impossible or that no unit bears, or a layer that does not exist; 2 for a wrong option.",
    "layers": "0; 1 for an objective, goal or sector that is not declared; 2 for a wrong option.",
    "explain": "0; 1 for a code that no unit bears, or a scenario that is not there; 2 for a wrong option.",
    "scenario save": "0; 1 where another scenario bears the name, or weights and filters rank nothing; 2 for a wrong option.",
    "scenario list": "0; 1 where a file was changed after it was saved.",
    "scenario diff": "0, also where they differ; 1 for a scenario that is not there or was changed.",
    "scenario replay": "0 where the answer is identical to the byte; 1 where it is not, or the scenario is not there.",
    "decide": "0; 1 where the scenario gives something else today, or nothing can be written; 2 without reason or who.",
    "focus": "0; 1 where no choice satisfies the conditions, a layer or file is wrong, or after Ctrl+C; 2 for a wrong option.",
    "export": "0; 1 where the file cannot be written, or a weight is wrong: what was there stays; 2 for a format or option that does not exist.",
    "report": "0; 1 for a code that no unit bears, a scenario that is not there or a file that cannot be written: what was there stays; 2 for a report, language or option that does not exist.",
    "serve": "0 after Ctrl+C; 1 where nothing can be built or the address cannot be listened on.",
}
AFTER = {
    "event": "With `--recent`: `events` (id, feed, kind, time, title, magnitude, depth_km, lon, lat, alert, "
    "has_shakemap, url) and `feeds` (id, asked, age_hours, is_stale, problem).",
    "load": "`--list` prints what is loaded and `--remove KIND` takes it away and builds again. A copy of "
    "each file and its record are kept in the folder `loaded` of the store.",
    "decide-need": "JSON as that of `geoapp needs`, with the one district.",
    "codes": "A table with names only has `ground` = `assigned_by_name` and, of the evidence, only `ground`, "
    "`level`, `repeated_units` and `notes`. A file that cannot be read gives "
    '`{"error": "one sentence"}` and exit code 1.',
    "focus": "With `--regions` the units and sites are regions: today's seven are given, and those of kind "
    "`proposed` are the tool's; `--require` and `--forbid` edit them. A pair that the file of `--times` lacks "
    "counts as twice its largest figure and as out of reach.",
    "show": "A region has no parents. `value` keeps all its digits; round it to show it. With `--frame` the keys are ubigeo, "
    "name, level, frame and objectives; each objective has pillar, sdgs and gcm (of the pillar) and layers, "
    "whose figures are as above. `--markdown` writes the same as a section for a report.",
    "rank": "`robust` and `units[].robust` are there with `--robust` only.",
    "scenario list": "A list, one object a scenario, by name.",
    "sources": "A list, one object a source, in the order of the catalogue.",
    "fetch": "A list, one object for each source that was asked for.",
    "report": "`sheet` takes the code of a unit; `memo` the name of a decision or of a saved scenario, or a path to "
    "one, and tells the default scenario where none is given; `atlas` and `workbook` are of the country. "
    "`sheets` writes `<ubigeo>.pdf` for every unit of `--level`; with `--resume` those that a batch of the "
    "same build, scenario and language wrote are left. PDF files are tagged (PDF/UA-1). The same request gives the same "
    "bytes: a report bears the day of its build, or that of SOURCE_DATE_EPOCH. With `--list` and `--json`, a list of "
    "report, suffix and subject.",
    "export": "The names of the files on one line each where `--json` is not given.",
}
HEAD = """# The command line

Written by `docs/write_cli.py` from the commands; not edited by hand.

Data goes to standard output and log to standard error, so that `geoapp rank --json > a.json` holds
JSON and nothing else. Exit codes: **0** done, **1** could not be done (one sentence on standard error),
**2** the request is wrong. Settings are environment variables: [settings](settings.md). The JSON below is
what programs may rely on: a test compares every key of it with the answers. A missing figure is `null`,
never 0. `rank`, `explain`, `show`, `focus`, `scenario`, `decide`, `export`, `report` and `serve` build first where the
store is empty. Scenarios lie in `scenarios/` of the store, decisions in `decisions/`; both are JSON with their
own SHA-256, written once.
"""


def commands() -> dict[str, Any]:
    """Return every command by its words, those of a group one by one."""
    found: dict[str, Any] = {}
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        members = getattr(command, "commands", None)
        found |= (
            {f"{name} {word}": one for word, one in members.items()} if members else {name: command}
        )
    return found


def command_section(name: str) -> list[str]:
    """Return the lines of one command."""
    command = commands()[name]
    about, *more = (command.help or "").strip().split("\n\n")
    rows = [
        (_spelt(parameter), _default(parameter), (getattr(parameter, "help", "") or "").strip())
        for parameter in command.params
        if parameter.name != "help"
    ]
    lines = [f"## geoapp {name}", "", _one_line(about), ""]
    for paragraph in more:
        if not paragraph.lstrip().startswith("Ejemplo:"):
            lines += [_one_line(paragraph), ""]
    if rows:
        lines += [*table(("argument or option", "default", "help"), rows), ""]
    lines += ["```sh", EXAMPLES[name], "```", "", f"Exit codes: {EXITS[name]}", ""]
    # "show --why" answers another shape than "show".
    for shown in (shown for shown in SHAPES if shown == name or shown.startswith(f"{name} --")):
        lines += [f"### JSON of geoapp {shown}", ""]
        shape = [(f"`{path}`", kind, meaning) for path, kind, meaning in SHAPES[shown]]
        lines += [*table(("path", "type", "meaning"), shape), ""]
    if name in AFTER:
        lines += [AFTER[name], ""]
    return lines


def _spelt(parameter: object) -> str:
    names = list(getattr(parameter, "opts", []))
    if getattr(parameter, "param_type_name", "") == "argument":
        return f"`{str(getattr(parameter, 'name', '')).upper()}`"
    return ", ".join(f"`{name}`" for name in names)


def _default(parameter: object) -> str:
    if getattr(parameter, "required", False):
        return "required"
    value = getattr(parameter, "default", None)
    if value in (None, False, "", []):
        return "–"
    return f"`{getattr(value, 'value', value)}`"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def page() -> str:
    """Return the text of the page."""
    lines = [HEAD]
    for name in commands():
        lines += command_section(name)
    lines += ["## geoapp --version", "", "Prints the version and exits with 0.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(write_or_check({DOCS / "cli.md": page()}, __doc__))
