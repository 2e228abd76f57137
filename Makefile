# Prakai: `make` lists the targets.
.DEFAULT_GOAL := help
SHELL := /bin/bash
DATA_DIR ?= $(CURDIR)/var
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export DATA_DIR PORT
export DJANGO_SETTINGS_MODULE = prakai.settings
LOCK = $(BIN)/uv pip compile -q --no-emit-index-url --no-emit-find-links --generate-hashes --python-version 3.11 --custom-compile-command "make lock"

.PHONY: help setup run test test-all ci lint types imports migrations catalogue check-catalogue bench lock format clean
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

$(VENV)/.python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: install python3 and python3-venv, then run make again."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The environment could not be made: is python3-venv installed, and is there room on the disk?"; exit 1; }
	@touch $@

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/.python
	@echo "Installing what Prakai stands on (once) …"
	@$(BIN)/pip install -q --disable-pip-version-check -r requirements.lock || { echo "The packages could not be installed: is PyPI reachable, and is there room on the disk?"; exit 1; }
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.developing: requirements-dev.lock $(VENV)/.installed
	@$(BIN)/pip install -q --disable-pip-version-check -r requirements-dev.lock
	@touch $@

setup: $(VENV)/.installed ## make the environment, database, fonts and catalogue, without starting
	@$(BIN)/prakai setup

run: $(VENV)/.installed ## set up, load the demo network, and open the platform on PORT (8000)
	@$(BIN)/prakai run --port $(PORT)

test: $(VENV)/.developing ## the tests that need no server
	@$(BIN)/prakai setup --quiet
	$(BIN)/pytest

lint: $(VENV)/.developing ## style of Python and templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet prakai/web

format: $(VENV)/.developing ## put the code in form
	$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .

types: $(VENV)/.developing ## mypy, strict
	$(BIN)/mypy

imports: $(VENV)/.developing ## the staircase
	$(BIN)/lint-imports

migrations: $(VENV)/.developing ## every change of a table has its migration
	$(BIN)/python -m django makemigrations --check --dry-run

catalogue: $(VENV)/.developing ## extract strings into each room's Thai catalogue
	$(BIN)/python tools/catalogue.py update

check-catalogue: $(VENV)/.developing ## every string has its Thai
	$(BIN)/python tools/catalogue.py check

lock: $(VENV)/.developing ## renew the lock files
	@$(BIN)/pip install -q uv
	$(LOCK) --extra build pyproject.toml -o requirements.lock
	$(LOCK) --extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## remove the environment and the data of this checkout
	rm -rf $(VENV) var
