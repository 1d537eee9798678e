# Everything a person can do here; `make help` lists it.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
STORE ?= data/gridscape.gpkg
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help install install-test web run demo test check bench soak format screenshots clean

help: ## List what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Gridscape needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	@echo "› making $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "› installing Python packages (about a minute the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-test: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "› installing Python packages for tests (about two minutes the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $(VENV)/.installed $@

web/node_modules/.installed: web/package.json web/package-lock.json
	@command -v node >/dev/null || { echo "Gridscape's screens need Node 20 or newer to be built"; exit 1; }
	@echo "› installing the packages of the screens"
	@cd web && npm ci --silent --no-audit --no-fund
	@touch $@

web/dist/index.html: web/node_modules/.installed $(shell find web/src web/public layers/tokens.css web/*.html web/*.ts web/*.json -type f 2>/dev/null)
	@echo "› building the screens"
	@cd web && npm run --silent build
	@touch $@

install: $(VENV)/.installed web/node_modules/.installed ## Install what running needs
install-test: $(VENV)/.installed-test web/node_modules/.installed ## Install what tests need (as root on Debian: PostGIS, Chromium, QGIS too)
	@bash tests/install-system.sh
web: web/dist/index.html ## Build the screens

$(STORE): $(VENV)/.installed
	@$(BIN)/gridscape demo --store $(STORE)
demo: $(STORE) ## Generate the five districts (first time only)

run: $(VENV)/.installed web/dist/index.html $(STORE) ## Serve the five districts on http://127.0.0.1:8000
	@$(BIN)/gridscape serve --store $(STORE) --port $(PORT) --open-demo

check: $(VENV)/.installed-test web/node_modules/.installed ## Lint, types, import direction
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	cd web && npm run --silent check

format: $(VENV)/.installed-test web/node_modules/.installed ## Format everything
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	cd web && npm run --silent format

test: install-test web ## Run every test, on a throwaway PostGIS and in a real Chromium
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m "not soak" $(PYTEST_ARGS)

soak: install-test web ## Run the tests that take long
	@$(BIN)/python -m pytest -m soak -p no:xdist $(PYTEST_ARGS)

bench: install-test web $(STORE) ## Measure speed and size; prints tables for docs/performance.md
	@$(BIN)/python -m tests.bench

screenshots: install-test web $(STORE) ## Make the README's pictures again
	@$(BIN)/python -m tests.screenshots $(STORE)

clean: ## Remove what was built; the data stays
	rm -rf $(VENV) web/node_modules web/dist build *.egg-info
