# `make` alone lists the targets. README gives the plain pip and python lines they stand for.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/run.stamp: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: $(VENV)/run.stamp  ## set up, then the bot (with a token) or the simulator in a browser (without)
	$(BIN)/python bot.py

test: $(VENV)/dev.stamp  ## set up, then all tests
	$(BIN)/python -m tests.browser_note
	$(BIN)/python -m pytest -n auto --cov --cov-report=term $(ARGS)

check: $(VENV)/dev.stamp  ## format, lint, types, import contracts, content, catalogues
	$(BIN)/pre-commit run --all-files --hook-stage manual --config .pre-commit-config.yaml

chaos: $(VENV)/dev.stamp  ## kill -9 at random instants while fifty people register (long)
	$(BIN)/python -m bench.chaos $(ARGS)

bench: $(VENV)/dev.stamp  ## the goals of docs/performance.md, beside their peers (long)
	$(BIN)/python -m bench $(ARGS)

lock: $(VENV)/dev.stamp  ## write the requirements locks from the .in files
	for name in requirements requirements-postgres requirements-dev; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header $$name.in -o $$name.txt; done

catalogues: $(VENV)/dev.stamp  ## bring locales/*.po up to date with the code
	$(BIN)/python -m bot.texts.catalogues update

.PHONY: help run test check chaos bench lock catalogues
