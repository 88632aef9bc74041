PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CHROMIUM ?= chromium
FUZZ ?= 20000

.PHONY: run test check format fuzz docs bench profile crowd growth browser postgis clean

$(VENV)/.run: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.dev: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable ".[dev]"
	touch $@ $(VENV)/.run

run: $(VENV)/.run  ## make the environment, build what is missing and serve the page
	$(BIN)/geoapp serve

browser:  ## the browser that the journeys drive; skipped where it cannot be installed
	@command -v $(CHROMIUM) >/dev/null || sh tests/journeys/install_chromium.sh

postgis:  ## the database of the tests; skipped where it cannot be installed
	@ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 || sh tests/install_postgis.sh

test: $(VENV)/.dev browser postgis  ## all tests
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(VENV)/.dev  ## what CI runs: format, lint, types, tests, a wheel in a clean environment
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(MAKE) test
	sh tests/wheel.sh $(BIN)/python

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.dev  ## how long things take and what they weigh on this machine; BENCH=--write keeps it
	$(BIN)/python -m bench $(BENCH)

profile: $(VENV)/.dev  ## where the time of the three slowest parts goes; writes docs/perfil.md
	$(BIN)/python -m bench.profile --write

growth: $(VENV)/.dev  ## what more units than the real ones cost; writes docs/escala.md, some ten minutes
	$(BIN)/python -m bench.growth --write docs/escala.md

crowd: $(VENV)/.dev  ## a hundred people in the five views at once; LOAD_MINUTES=30 for longer, BENCH=--write
	$(BIN)/python -m bench.crowd $(BENCH)

fuzz: $(VENV)/.dev  ## addresses and files of visitors by chance, until one breaks something; FUZZ=20000
	FUZZ=$(FUZZ) $(BIN)/pytest -q --show-capture=no -n auto tests/faults/test_fuzz.py

docs: $(VENV)/.dev  ## write the pages that follow from the declarations
	for page in docs/write_*.py; do PYTHONPATH=. $(BIN)/python $$page || exit 1; done

clean:
	rm -rf $(VENV) dist build *.egg-info
