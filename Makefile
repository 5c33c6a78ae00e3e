# make run starts the app (PORT=8502 for another port), make check is what to run while working, make test runs every test.
# Each makes .venv first when it is missing or out of date.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
# a file's tests share what is costly, so they stay together; tests/conftest.py puts the long ones first
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: run check test format readme screenshots bench clean

run: .venv/installed
	$(BIN)/python -m streamlit run app.py $(if $(PORT),--server.port $(PORT))

check: .venv/installed-dev
	$(PYTEST) tests/conventions tests/sql tests/ingest --ignore-glob "*/ingest/test_load_*"

test: .venv/installed-dev
	$(PYTEST)

format: .venv/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

readme: .venv/installed
	$(BIN)/python -m docs.make_numbers

screenshots: .venv/installed-dev
	$(BIN)/python -m docs.make_screenshots

bench: .venv/installed-dev
	$(BIN)/python -m benchmarks.page_rerun
	$(BIN)/python -m benchmarks.load

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "MSP Vitals needs Python 3.11 or later: install it, or name it with make PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed: requirements.txt constraints.txt | .venv/bin/python
	@echo "Installing what MSP Vitals needs; the first time this takes a minute or two."
	$(PIP) -r requirements.txt
	@touch $@

.venv/installed-dev: $(wildcard requirements*.txt) constraints.txt | .venv/bin/python
	$(PIP) -r requirements-dev.txt
	@touch $@ .venv/installed
