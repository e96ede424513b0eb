# make run: the dashboard. make test: all tests. Both need Python 3.11 or newer, and nothing else.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run build test lint texts lock sbom audit fuzz bench-map bench-pages bench-hostile bench-reading bench-load bench-soak bench-store clean

run: build
	$(BIN)/streamlit run serve.py --server.port $(PORT)

build: $(VENV)/run.stamp
	$(BIN)/python -m ntm build

# Two files of tests side by side, each in a process with its own database and servers; a file's own stay together.
test: $(VENV)/test.stamp
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.office
	$(BIN)/python -m tests.postgres
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# Collects the interface's texts; then fill in what is empty in ntm/locale/en/LC_MESSAGES/ntm.po and remove "fuzzy".
texts: $(VENV)/test.stamp
	$(BIN)/pybabel -q extract -F babel.cfg -k _ -k mark -k plural:1,1 -k mark_plural:1,1 --omit-header --no-wrap --sort-by-file --add-location=file -o $(VENV)/ntm.pot app.py pages ntm
	$(BIN)/pybabel -q update -i $(VENV)/ntm.pot -d ntm/locale -D ntm -l en --omit-header --no-wrap --no-fuzzy-matching --ignore-obsolete

# 10,000 files drawn by the grammar of tests/intake/grammar, read and counted into classes. Takes half an hour.
fuzz: $(VENV)/test.stamp
	$(BIN)/python -m tests.intake.fuzz

# What a change of the map and a click cost in a browser, beside the textbook way.
bench-map: $(VENV)/test.stamp
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m benchmarks.map_browser

# What each page costs the server, cold and warm, and the bytes that it sends.
bench-pages: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks.pages

# What files made to harm cost the server and its readers.
bench-hostile: $(VENV)/test.stamp
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m benchmarks.hostile

# How long readers wait when many ask at once, beside a tutorial's page and a page of one line; whether memory grows.
bench-load: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks.load

bench-soak: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks.soak

# What reading an office's file costs, beside libraries that merely pass over its cells.
bench-reading: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks.reading

# The store with 12 million assessments, on SQLite and PostgreSQL, beside NumPy. Takes a quarter of an hour.
bench-store: $(VENV)/test.stamp
	$(BIN)/python -m tests.postgres
	$(BIN)/python -m benchmarks.store

$(VENV)/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version)."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/run.stamp: $(VENV)/python.stamp requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

# Every package that is used, at one version and with its digests, for all systems. After a change of requirements*.txt.
lock: $(VENV)/python.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $$(grep -o '^uv==[0-9.]*' requirements-dev.txt)
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements.txt -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements-dev.txt -o requirements-dev.lock

# The bill of materials of what runs (CycloneDX), and, where there is a network, its known weaknesses.
sbom: $(VENV)/test.stamp
	$(BIN)/cyclonedx-py requirements requirements.lock --output-reproducible -o sbom.json

audit:
	$(BIN)/python -m pip install --quiet pip-audit
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements.lock

clean:
	rm -rf $(VENV) var static/boundaries
