# `make demo` and `make test` are all that a newcomer needs. Each sets up its own .venv from hashed
# requirements. Everything else is for those who change the code.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH := $(VENV)/bench
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.PHONY: demo test lint bundle bench chaos requirements translations commands clean help

help:  ## what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: $(VENV)/demo.ready  ## the whole product on this machine, without Slack
	$(BIN)/brobygger demo

test: $(VENV)/dev.ready  ## set up and run the tests
	$(BIN)/pytest -n auto

lint: $(VENV)/dev.ready  ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

commands: $(VENV)/dev.ready  ## write the reference part of docs/commands.md
	$(BIN)/python -m tools.command_reference

bundle: $(VENV)/dev.ready  ## one file to install from where there is no package index
	$(BIN)/python -m tools.bundle

requirements:  ## pin again what pyproject.toml asks for (needs uv)
	uv export --quiet --no-dev --group build --no-emit-project --no-header --output-file requirements/run.txt
	uv export --quiet --all-extras --all-groups --no-emit-project --no-header --output-file requirements/dev.txt
	rm -f uv.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --constraints requirements/run.txt --output-file requirements/bench.txt requirements/bench.in

translations: $(VENV)/dev.ready  ## find every sentence, and bring all catalogs up to date
	$(BIN)/python -m tools.translations

bench: $(BENCH)/ready  ## answers against FTS5, bm25s, tantivy; handouts against WeasyPrint, Chromium, xhtml2pdf
	$(BENCH)/bin/python bench/answers.py $(ANSWERS)
	$(BENCH)/bin/python bench/handouts.py

chaos: $(VENV)/dev.ready  ## 10,000 nudges through 200 kills on both databases; simulated ones; all of `serve` killed
	$(BIN)/python -m tests.scheduler.long_chaos
	$(BIN)/python -m tests.scheduler.simulation 10000 12500 400
	$(BIN)/python -m tests.bot.slack.long_kills

clean:  ## remove what make made
	rm -rf $(VENV) out dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Brobygger needs Python 3.11 or newer: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV) || \
	  { echo "The venv module is missing: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }

# The build backend is pinned like the rest, so the project itself is installed without isolation.
$(VENV)/demo.ready: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --require-hashes -r requirements/run.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/dev.ready: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@ $(VENV)/demo.ready

# The engines that we measure ourselves against stay out of the environment that people work in.
$(BENCH)/ready: requirements/run.txt requirements/bench.txt pyproject.toml | $(VENV)/bin/python
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/pip install --quiet --require-hashes -r requirements/run.txt
	$(BENCH)/bin/pip install --quiet --require-hashes -r requirements/bench.txt
	$(BENCH)/bin/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@
