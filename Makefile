# Everything runs in .venv, which is made when it is missing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The folders of labelled articles that make accuracy scores.
FOLDER ?= src/tieout/demo tests/golden

.DEFAULT_GOAL := help
.PHONY: help demo test lint types docs accuracy bench-filings bench-inline bench-releases bench-ingest bench-accuracy bench-speed fuzz clean

help:  ## this list
	@grep -E '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z-]+):.*## /\1\t/'

demo: $(VENV)/.installed  ## check the sample article and print the result
	@$(BIN)/python -m tieout demo

test: lint types $(VENV)/.dev  ## every gate and test
	$(BIN)/python -m pytest -q

lint: $(VENV)/.dev  ## ruff: rules and format
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check --quiet .

types: $(VENV)/.dev  ## basedpyright, strict
	$(BIN)/basedpyright

docs: $(VENV)/.dev  ## the docs as a site, in build/site
	$(BIN)/python -m sphinx -W --keep-going -n -q -c docs -d build/doctrees . build/site

accuracy: $(VENV)/.installed  ## score a folder of NAME.txt + NAME.claims.jsonl: make accuracy FOLDER=folder
	$(BIN)/python -m tieout.bench.accuracy $(FOLDER) $(ARGS)

bench-filings: $(VENV)/.dev  ## read a folder of tagged filings untagged: make bench-filings FOLDER=folder
	$(BIN)/python -m tieout.bench.filings $(FOLDER) $(ARGS)

bench-inline: $(VENV)/.dev  ## inline XBRL beside independent readers: make bench-inline FOLDER=folder
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[peers]'
	$(BIN)/python -m tieout.bench.ingest.inline $(FOLDER) $(ARGS)

bench-releases: $(VENV)/.dev  ## read tagged filings as releases, beside their tags: make bench-releases FOLDER=folder
	$(BIN)/python -m tieout.bench.ingest.statements $(FOLDER) $(ARGS)

bench-accuracy: $(VENV)/.installed  ## inject errors into true articles, count those found: ARGS="--set look --misses 3"
	$(BIN)/python -m tieout bench $(ARGS)

bench-ingest: $(VENV)/.dev  ## facts a second from the SEC's archives, questions over 50 million, 200 killed writers
	$(BIN)/python -m tieout.bench.ingest.rates
	$(BIN)/python -m tieout.bench.ingest.questions $(ARGS)

bench-speed: $(VENV)/.installed  ## claims a second and memory, as articles and facts grow
	$(BIN)/python -m tieout.bench.speed $(ARGS)

fuzz: $(VENV)/.dev  ## ten thousand random and mangled inputs
	TIEOUT_FUZZ=2500 $(BIN)/python -m pytest -q tests/test_hostile.py tests/test_own_packs.py

clean:  ## remove what make made
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .hypothesis

# A venv that already holds pip is used as it is.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "tieout needs Python 3.11 or newer: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.installed
