# make run: the dashboard. make test: all tests. Both need Python 3.11 or newer, and nothing else.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run build test lint texts bench-map bench-pages bench-store clean

run: build
	$(BIN)/streamlit run app.py --server.port $(PORT)

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

# Collects the interface's texts anew; then fill in what is empty in ntm/locale/en/LC_MESSAGES/ntm.po.
texts: $(VENV)/test.stamp
	$(BIN)/pybabel -q extract -F babel.cfg -k _ -k mark --omit-header --no-wrap --sort-by-file --add-location=file -o $(VENV)/ntm.pot app.py pages ntm
	$(BIN)/pybabel -q update -i $(VENV)/ntm.pot -d ntm/locale -D ntm -l en --omit-header --no-wrap --no-fuzzy-matching --ignore-obsolete

# What a change of the map and a click cost in a browser, beside the textbook way.
bench-map: $(VENV)/test.stamp
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m benchmarks.map_browser

# What each page costs the server, cold and warm, and the bytes that it sends.
bench-pages: $(VENV)/test.stamp
	$(BIN)/python -m benchmarks.pages

# The store with 12 million assessments, on SQLite and PostgreSQL, beside NumPy. Takes a quarter of an hour.
bench-store: $(VENV)/test.stamp
	$(BIN)/python -m tests.postgres
	$(BIN)/python -m benchmarks.store

$(VENV)/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version)."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/run.stamp: $(VENV)/python.stamp requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) var static/boundaries
