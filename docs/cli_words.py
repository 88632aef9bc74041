"""An example, the exit codes and a closing word of each command."""

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
    "backup": "geoapp backup geoapp-2026-03-31.tar.gz",
    "restore": "geoapp restore geoapp-2026-03-31.tar.gz --replace",
    "upgrade": "geoapp upgrade",
    "serve": "GEOAPP_PORT=8060 geoapp serve",
    "audit": "geoapp audit --last 50 --json",
}
EXITS = {
    "missing": "0, also where much is missing; 2 for a wrong option.",
    "load": "0; 1 where the file cannot be used, with one sentence a fault: what was loaded before stays; 2 for a request that lacks kind, file, publisher or vintage, or a licence that a service did not state.",
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
    "serve": "0 after Ctrl+C or SIGTERM, with what was asked answered; 1 where nothing can be built, the address cannot be listened on, others reach it without a sign-in, or a setting of a server is lacking or unsafe.",
    "audit": "0 where the chain is whole; 1 where a line was altered, taken out or put in, or `--holds` is not there.",
    "backup": "0; 1 where the store is empty or the file cannot be written: what was there stays; 2 for a wrong option.",
    "restore": "0; 1 where the backup is damaged, cut short or foreign, or the store is not empty: nothing is changed; 2 for a wrong option.",
    "upgrade": "0, also where nothing was to be done; 1 where a newer version wrote the store, or sources of its build are gone; 2 for a wrong option.",
}
AFTER = {
    "event": "With `--recent`: `events` (id, feed, kind, time, title, magnitude, depth_km, lon, lat, alert, "
    "has_shakemap, url) and `feeds` (id, asked, age_hours, is_stale, problem).",
    "load": "`--list` prints what is loaded and `--remove KIND` takes it away and builds again. A copy of "
    "each file and its record are kept in the folder `loaded` of the store. `--fetched 'SERVICE NAME'` takes "
    "what `geoapp fetch` kept, with its publisher, date and licence; what is said in the request goes first.",
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
    "fetch": "A list, one object for each source or service that was asked for. Services are told by `--list`; "
    "what they give is kept in the folder `sources/services` of the store: see [importar](importar.md).",
    "report": "`sheet` takes the code of a unit; `memo` the name of a decision or of a saved scenario, or a path to "
    "one, and tells the default scenario where none is given; `atlas` and `workbook` are of the country. "
    "`sheets` writes `<ubigeo>.pdf` for every unit of `--level`; with `--resume` those that a batch of the "
    "same build, scenario and language wrote are left. PDF files are tagged (PDF/UA-1). The same request gives the same "
    "bytes: a report bears the day of its build, or that of SOURCE_DATE_EPOCH. With `--list` and `--json`, a list of "
    "report, suffix and subject.",
    "export": "The names of the files on one line each where `--json` is not given.",
}
