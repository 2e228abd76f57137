# Prakai: `make` lists the targets.
.DEFAULT_GOAL := help
SHELL := /bin/bash
DATA_DIR ?= $(CURDIR)/var
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORES ?= 2
# The tests that need nothing but Python run on the embedded default, whatever the shell has set.
EMBEDDED = env -u DATABASE_URL -u TEST_BUS_URL -u BROWSER -u BUS_URL -u FILES_URL -u SEARCH_URL
export DATA_DIR PORT
export DJANGO_SETTINGS_MODULE = prakai.settings
LOCK = $(BIN)/uv pip compile -q --no-emit-index-url --no-emit-find-links --generate-hashes --python-version 3.11 --custom-compile-command "make lock"

AGAIN := --last-failed --last-failed-no-failures none

.PHONY: help setup run test test-all ci lint types imports migrations catalogue check-catalogue bench fuzz bench-search lock format clean
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

$(VENV)/.python:
	@command -v $(PYTHON) >/dev/null || { echo "ต้องมี Python 3.11 ขึ้นไป: ติดตั้ง python3 และ python3-venv แล้วสั่ง make อีกครั้ง · Python 3.11 or newer is needed: install python3 and python3-venv, then run make again."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "ต้องมี Python 3.11 ขึ้นไป เครื่องนี้มี $$($(PYTHON) -V 2>&1) ลอง make PYTHON=python3.11 · Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "สร้างสภาพแวดล้อมไม่ได้: มี python3-venv หรือยัง ดิสก์เต็มหรือไม่ · The environment could not be made: is python3-venv installed, and is there room on the disk?"; exit 1; }
	@touch $@

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/.python
	@echo "กำลังติดตั้งส่วนประกอบ (ครั้งเดียว) · Installing what Prakai stands on (once) …"
	@$(BIN)/pip install -q --disable-pip-version-check -r requirements.lock || { echo "ติดตั้งไม่ได้: ต่อ PyPI ได้ไหม ดิสก์เต็มหรือไม่ · The packages could not be installed: is PyPI reachable, and is there room on the disk?"; exit 1; }
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.developing: requirements-dev.lock $(VENV)/.installed
	@echo "กำลังติดตั้งเครื่องมือพัฒนา (ครั้งเดียว) · Installing what developing needs (once) …"
	@$(BIN)/pip install -q --disable-pip-version-check -r requirements-dev.lock || { echo "ติดตั้งไม่ได้: ต่อ PyPI ได้ไหม ดิสก์เต็มหรือไม่ · The packages could not be installed: is PyPI reachable, and is there room on the disk?"; exit 1; }
	@touch $@

setup: $(VENV)/.installed ## make the environment, database, fonts and catalogue, without starting
	@$(BIN)/prakai setup

run: $(VENV)/.installed ## set up, load the demo network, and open the platform on PORT (8000)
	@$(BIN)/prakai run --port $(PORT)

test: $(VENV)/.developing ## the tests that need no server
	@$(EMBEDDED) $(BIN)/prakai setup --quiet
	$(EMBEDDED) $(BIN)/pytest -n $(CORES)

test-all: $(VENV)/.developing ## every test: on SQLite, again on PostgreSQL, with Redis, S3 and Chromium
	@case "$$DATABASE_URL" in postgres*) ;; *) echo "make test-all needs PostgreSQL: DATABASE_URL=postgresql://USER:PW@HOST/NAME (.ci/run starts one)"; exit 1;; esac
	@test -n "$$TEST_BUS_URL" || { echo "make test-all needs Valkey or Redis: TEST_BUS_URL=redis://HOST:PORT/0 (.ci/run starts one)"; exit 1; }
	@test -x "$${CHROMIUM:-/usr/bin/chromium}" || { echo "make test-all needs Chromium: install it, or name it with CHROMIUM=/path (.ci/run installs it)"; exit 1; }
	@DATABASE_URL= $(BIN)/prakai setup --quiet
	@# What failed on a busy machine is tried once more, alone; what is really broken fails again.
	DATABASE_URL= BROWSER= $(BIN)/pytest -n $(CORES) -m "not browser" || DATABASE_URL= BROWSER= $(BIN)/pytest $(AGAIN) -m "not browser"
	BROWSER= $(BIN)/pytest -n $(CORES) -m "not browser" || BROWSER= $(BIN)/pytest $(AGAIN) -m "not browser"
	DATABASE_URL= BROWSER=1 $(BIN)/pytest -n $(CORES) --dist loadfile -m browser || DATABASE_URL= BROWSER=1 $(BIN)/pytest $(AGAIN) -m browser

ci: lint types imports migrations check-catalogue test-all ## everything that must pass before a change goes in

SECONDS_OF_FUZZING ?= 120
fuzz: $(VENV)/.developing ## throw odd queries at what reads them, for SECONDS_OF_FUZZING (120); what fails is kept in var/fuzz
	@$(BIN)/pip install -q --disable-pip-version-check 'atheris>=3'
	@mkdir -p $(DATA_DIR)/fuzz
	$(BIN)/python -m tests.fuzz.fuzz_asking -max_total_time=$(SECONDS_OF_FUZZING) -max_len=4000 -dict=tests/fuzz/asking.dict -artifact_prefix=$(DATA_DIR)/fuzz/

bench: $(VENV)/.developing ## measure the pages, and a hall at its wall: tables, also in bench/out/pages.json and wall.json
	@$(EMBEDDED) $(BIN)/python bench/pages.py
	@$(EMBEDDED) bench/wall

bench-search: $(VENV)/.developing ## judge search by a folder of documents and queries: COLLECTION=/folder, results in bench/out/search.json
	@test -n "$(COLLECTION)" || { echo "make bench-search needs COLLECTION=/folder with corpus.jsonl.xz and queries.jsonl (docs/performance.md)"; exit 1; }
	@bench/search "$(COLLECTION)" $(WISHES)

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
