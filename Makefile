PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: demo test quick lint model clean

# Shows a whole article, coloured by certainty.
demo: $(VENV)/reader
	$(BIN)/hedge classify examples/harbour.txt

# Runs everything that must hold: style, types, tests.
test: lint
	$(BIN)/python -m pytest

# The tests that train no model.
quick: $(VENV)/developer
	$(BIN)/python -m pytest -m "not slow"

lint: $(VENV)/developer
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Makes models/default anew, in hours that may be interrupted. HEDGE_TEXTS must name the folder with the texts of the
# stand-off documents, TEACHER and STUDENT the folders of all-mpnet-base-v2 and all-MiniLM-L6-v2, POOL unlabelled texts
# that are learnt from beside those in data/unlabelled.
model: $(VENV)/developer
	$(PIP) --editable '.[train]'
	$(BIN)/python scripts/make_model.py --teacher $(TEACHER) --student $(STUDENT) --pool $(POOL) data/unlabelled/written.jsonl

$(VENV)/reader: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	touch $@

$(VENV)/developer: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
