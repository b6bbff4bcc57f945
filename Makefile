# Everything a newcomer needs: `make run` and `make test`. PORT and JINLI_HOME are honoured; DATABASE_URL names a PostgreSQL.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
PATHS := src tests
PORT ?= 8000
export PORT
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# uv installs in seconds where it is at hand; plain pip does the same with the same hashes.
UV := $(shell command -v uv 2>/dev/null)
ifneq ($(UV),)
INSTALL = $(UV) pip install --quiet --python $(BIN)/python
else
INSTALL = $(BIN)/python -m pip install --quiet --no-compile
endif

.PHONY: help setup run test journeys check bench proof shots lock clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 14

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed: make setup PYTHON=python3.11'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo 'The venv module is missing. On Debian and Ubuntu:  apt install python3-venv make'; exit 1; }
	@echo 'Making $(VENV)'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements.txt pyproject.toml | $(BIN)/python
	@echo 'Installing what the platform needs'
	@$(INSTALL) --require-hashes -r requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.base
	@echo 'Installing what its tests need'
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@

setup: $(VENV)/.dev ## the environment only, in .venv

run: $(VENV)/.base ## the town from nothing: database, pack, demonstration, server; Ctrl-C ends it
	@exec $(BIN)/jinli run

test: $(VENV)/.dev ## the tests on SQLite, and the database's again on PostgreSQL where there is one
	@$(BIN)/python tests/suite.py

journeys: $(VENV)/.dev ## the town in Chromium, as people at a phone and at a desk see it
	@$(BIN)/python -m pytest -m browser

check: $(VENV)/.dev ## lint, format, types, rooms, templates, packs, migrations
	$(BIN)/ruff check $(PATHS)
	$(BIN)/ruff format --check $(PATHS)
	$(BIN)/mypy src
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint src
	$(BIN)/jinli pack check packs/jinli
	$(BIN)/jinli pack check packs/jinli --demo
	$(BIN)/python -m django makemigrations --check --dry-run --settings jinli.site.settings

bench: $(VENV)/.dev ## measure beside a floor and write docs/figures.md
	@$(BIN)/python tests/bench/measure.py

proof: $(VENV)/.dev ## the long proofs
	@$(BIN)/python -m pytest -m proof

shots: $(VENV)/.dev ## pictures of every page, in tests/browser/shots
	@SHOTS=full $(BIN)/python -m pytest -m browser

# The pinned list, for Python 3.11 and newer, with hashes and without the address of any index.
lock: $(VENV)/.dev ## pin the newest versions that pyproject.toml allows
	@for one in "" -dev; do \
	  echo 'setuptools>=77' | uv pip compile pyproject.toml - $${one:+--extra dev --constraints requirements.txt} --quiet --universal --upgrade \
	    --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links -o requirements$$one.txt; \
	done

clean: ## remove the environment; data in JINLI_HOME stay
	rm -rf $(VENV)
