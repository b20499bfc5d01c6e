# make run    this repository in SECI, at http://127.0.0.1:8000; others with REPO="path other/path"
#             (a path with spaces goes in inner quotes: make run REPO="'my project' other/path");
#             PORT=8001 takes another port, DATA=folder another place than .seci
# make test   every check and test; make lint, make bench, make docs, make wheel do one thing each
#
# Nothing has to be installed first but Python >= 3.11, git and make. Stamp files make a second call instant.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
WORKERS ?= 2
DATA ?= .seci

.DEFAULT_GOAL := help
.PHONY: help run test lint types format bench docs wheel lock browser clean

help:
	@sed -n 's/^# \{0,1\}//p;/^$$/q' Makefile

run: .venv/run.stamp
	@SECI_DATA_DIR="$${SECI_DATA_DIR:-$(abspath $(DATA))}" REPO='$(subst ','\'',$(or $(REPO),.))' \
	$(BIN)/python -c 'import os, shlex, sys; paths = shlex.split(os.environ.pop("REPO")); \
	os.execv(sys.executable, [sys.executable, "-m", "seci", "up", *sys.argv[1:], *paths])' $(if $(PORT),--port $(PORT))

test: lint browser
	$(BIN)/python -m pytest -n $(WORKERS) -q $(ARGS)
	SECI_TEST_ON=postgresql $(BIN)/python -m pytest -n $(WORKERS) -q -m database $(ARGS)

lint: .venv/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@if ls src/seci/site/templates >/dev/null 2>&1; then $(BIN)/djlint src --lint --quiet; fi

format: .venv/test.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

browser: .venv/test.stamp
	@$(BIN)/python -m tests.browser.chromium

bench: .venv/test.stamp
	@$(BIN)/python -m benchmarks --quick

docs: .venv/test.stamp
	$(BIN)/python -m tests.docs.command_line
	$(BIN)/mkdocs build --strict --quiet

wheel: .venv/test.stamp
	$(BIN)/uv build --wheel --quiet && ls -l dist/*.whl

# Universal: the same files hold on every platform and every Python from 3.11 on.
lock: .venv/test.stamp
	$(BIN)/uv pip compile pyproject.toml --group build --group model $(LOCK) -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --all-extras --group build --group model --group test -c requirements.txt $(LOCK) \
		-o requirements-test.txt
LOCK = --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url

.venv/made.stamp:
	@test -n "$(PYTHON)" || { echo "SECI needs Python 3.11 or newer; install python3.11 (or a later one) and run make again." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) came without venv; install it (Debian, Ubuntu: apt install python3-venv) and run make again." >&2; exit 1; }
	@echo "Creating .venv with $$($(PYTHON) --version) ..." >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@touch $@

.venv/run.stamp: .venv/made.stamp requirements.txt pyproject.toml
	@echo "Installing what SECI runs on ..." >&2
	@$(PIP) install --require-hashes --no-deps -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src  # a first command need not wait for it, wherever bytecode is not kept
	@touch $@

.venv/test.stamp: .venv/run.stamp requirements-test.txt
	@echo "Installing what the tests need ..." >&2
	@$(PIP) install --require-hashes --no-deps -r requirements-test.txt
	@touch $@

clean:
	rm -rf .venv build dist site-docs .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
