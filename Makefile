# `make help` lists what there is. Everything lives in .venv and var; nothing else on the machine is touched.

PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
UV := uv==0.13.9
TESTS ?= -n 2

# The first Python on the PATH that is new enough.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$python; break; }; done)

# What is compiled is kept, whatever the machine's habit: every process would compile all of it again.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run test compiled sqlite postgres lint types contracts checks bench messages format lock clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

run: $(VENV)/.run ## the site and its tasks together, with the demo: make run [PORT=8000]
	@DEBUG=$${DEBUG:-1} exec $(BIN)/python -m lms.launcher --port $(PORT)

test: $(VENV)/.dev ## every test; those of the database on SQLite and on PostgreSQL
	@$(MAKE) --no-print-directory --jobs=2 lint compiled types contracts checks
	@$(MAKE) --no-print-directory --jobs=2 sqlite postgres

# Three processes begin at once afterwards, and each would compile the same.
compiled: $(VENV)/.dev
	@$(BIN)/python -m pytest --collect-only -qq >/dev/null || true

sqlite: $(VENV)/.dev ## every test, on SQLite
	$(BIN)/python -m pytest $(TESTS)

# One worker: it has done before the others have, and there are two cores.
postgres: $(VENV)/.dev ## the tests of what depends on the database, on PostgreSQL
	$(BIN)/python -W ignore -m tests.postgres $(BIN)/python -m pytest -m database $$(grep -rl --include='test_*.py' mark.database tests)

lint: $(VENV)/.dev ## style of Python and templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet templates lms cms courses cohorts certificates

types: $(VENV)/.dev ## types
	DEBUG=1 DATA_DIR=var/tests $(BIN)/mypy

contracts: $(VENV)/.dev ## which package may import which
	DEBUG=1 DATA_DIR=var/tests $(BIN)/lint-imports

checks: $(VENV)/.dev ## Django's own checks, and that no migration is missing
	DEBUG=1 DATA_DIR=var/tests $(BIN)/python manage.py makemigrations --check --dry-run
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
		SITE_URL=https://landfall.example ALLOWED_HOSTS=landfall.example DATA_DIR=var/tests \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

bench: $(VENV)/.dev ## our pages beside bare Django, on PostgreSQL: takes minutes
	$(BIN)/python -m bench.run $(ARGS)

messages: $(VENV)/.dev ## bring the Bokmål catalogue in step with the sources
	DEBUG=1 $(BIN)/python manage.py update_messages

format: $(VENV)/.dev ## write Python in the one style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.uv ## new versions of everything we depend on, with hashes
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
		pyproject.toml --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--extra dev --constraint requirements.txt pyproject.toml --output-file requirements-dev.txt

clean: ## forget the environment (not the data, which is in var)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(VENV)/.uv:
	@test -n "$(PYTHON)" || { echo "Landfall needs Python 3.11 or newer."; exit 1; }
	@echo "Setting up .venv. The first time this takes about half a minute."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $(UV)
	@touch $@

$(VENV)/.run: requirements.txt $(VENV)/.uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements-dev.txt
	@touch $@
