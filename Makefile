# The only list of commands. `make demo` runs the product, `make test` tests it; uv does the work.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo serve test explore attack postgresql lint check format bare docs bench browser clean

# uv from the PATH, or the one that this file puts into .venv.
UV := $(shell command -v uv 2>/dev/null || echo .venv/bin/uv)
BIN := .venv/bin
# Looked for only where uv is missing.
PYTHON = $(shell for p in python3.13 python3.12 python3.11 python3.14 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
WORKERS ?= 2
# The walls that a database holds; the others ask none.
WALLS_OF_THE_DATABASE = $(addprefix tests/walls/,test_access_matrix.py test_canaries.py test_every_field_posted.py test_planted.py)
ON_POSTGRESQL ?= tests/web $(WALLS_OF_THE_DATABASE)
# --inexact keeps what another target has put into .venv, uv itself included.
SYNC := $(UV) sync --frozen --inexact --quiet

help: ## Say what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/bin/uv:
	@test -n "$(PYTHON)" || { echo "Fairlead needs Python 3.11 or newer; none was found."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing (on Debian: apt install python3-venv)."; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

.venv/.web: pyproject.toml uv.lock | $(UV)
	@$(SYNC) --extra web --no-default-groups
	@touch $@

.venv/.test: pyproject.toml uv.lock | $(UV)
	@$(SYNC) --extra web --group test --no-group check
	@touch $@ .venv/.web

.venv/.check: pyproject.toml uv.lock | $(UV)
	@$(SYNC) --extra web --group test --group check --group docs
	@touch $@ .venv/.test .venv/.web

demo: .venv/.web ## Start the demo company in the browser (SQLite, one address is printed)
	@$(BIN)/fairlead demo

serve: .venv/.web ## Start an empty installation in the browser
	@$(BIN)/fairlead serve

browser: .venv/.test
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 \
		|| command -v google-chrome >/dev/null 2>&1 || $(BIN)/playwright install chromium

test: .venv/.test browser ## Run every test: core, sources, command line, web, a real browser
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

explore: .venv/.test ## Run the tests that draw examples with new ones; what is found is printed with how to see it again
	@FAIRLEAD_EXAMPLES=explore $(BIN)/pytest -n $(WORKERS) --dist worksteal -q $$(grep -rl "from hypothesis import" tests --include='test_*.py') $(ARGS)

attack: .venv/.test ## Attack what surveys release as long as it takes before a release: an hour on two processors
	@FAIRLEAD_ATTACKED=200 $(BIN)/pytest -n $(WORKERS) --dist worksteal -q -m slow tests/walls/test_attacker.py \
		tests/walls/test_wave_attacker.py tests/walls/test_page_attacker.py tests/walls/test_ballot_box.py \
		tests/walls/test_killed_imports.py tests/walls/test_access_matrix.py tests/walls/test_benchmarks.py \
		tests/web/feedback $(ARGS)

postgresql: .venv/.test ## Run the web's tests on a PostgreSQL server of their own (Debian: apt install postgresql)
	@sh tests/walls/postgresql.sh $(BIN)/pytest $(ON_POSTGRESQL) -n $(WORKERS) --dist worksteal -q $(ARGS)

lint: .venv/.check ## Lint, form, types and walls
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint ## Lint, form, types, walls and the quick tests: what to run before a commit
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal -q -m "not slow and not e2e and not reference" $(ARGS)

format: .venv/.check ## Put the code into the house's form
	@$(BIN)/ruff check --fix --exit-zero
	@$(BIN)/ruff format

bare: | $(UV) ## Install without extras into a fresh environment: core and command line must work, Django must be absent
	@sh tests/walls/bare.sh "$(UV)"

docs: .venv/.check ## Build the documentation strictly into site/
	@$(BIN)/zensical build --strict --clean

bench: .venv/.test ## Measure speed beside peers and recovery against the truth; JSON on standard output
	@for script in benchmarks/speed/*.py benchmarks/recovery/*.py; do $(BIN)/python $$script || exit 1; done

clean: ## Remove what can be made again; the data in var/ stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache site dist
