# Everything starts here: `make help`.
PYTHON ?= python3
PORT ?= 8080
DATABASE ?= sqlite
PYTEST ?= .venv/bin/python -m pytest
ARGS ?=
NONE_CHOSEN = 5

# Tests start hundreds of processes and read thousands of modules; compiled ones are kept, whatever the shell says.
export PYTHONDONTWRITEBYTECODE =

.DEFAULT_GOAL := help
.PHONY: help run test unit check bench assets gallery lighthouse features words environment

help: ## list every target
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:[^#]*## */\t/' | while IFS="$$(printf '\t')" read -r name words; do printf '%-12s %s\n' "$$name" "$$words"; done

run: environment ## start everything with the demo programme; options: DATABASE=postgresql PORT=8080
	@exec .venv/bin/certtrack run --database "$(DATABASE)" --port "$(PORT)" $(ARGS)

test: environment ## prove everything: unit, conformance, journeys, faults, ordering, contracts, deploy
	@.venv/bin/python -m deploy.prepare_tests
	$(PYTEST) -rfEs -n 2 --dist loadfile --no-loadscope-reorder $(ARGS) -m "not alone" || [ $$? -eq $(NONE_CHOSEN) ]
	$(PYTEST) -rfEs $(ARGS) -m alone || [ $$? -eq $(NONE_CHOSEN) ]

unit: environment ## the tests that need no server, in seconds
	$(PYTEST) -m "not server and not thorough" -q -n 2 -p no:hypothesispytest -p no:logging $(ARGS)

check: environment ## ruff, ruff format, mypy strict and import-linter
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: environment ## the benchmarks, each beside its raw limit
	.venv/bin/python -m tests.bench $(ARGS)

assets: environment ## take fonts, icons and htmx from their packages again (needs npm)
	.venv/bin/python -m deploy.vendor_assets

gallery: environment ## pictures of every page in every look, into var/gallery; ARGS="--url URL" uses a running portal
	@.venv/bin/python -W ignore -m tests.gallery $(ARGS)

lighthouse: environment ## Lighthouse's marks for four pages, beside those we want
	@.venv/bin/python -W ignore -m tests.lighthouse $(ARGS)

features: environment ## how many tests prove each row and rule of the domain
	@.venv/bin/python -m tests.features $(ARGS)

words: environment ## gather the words that people read into the catalogues of gateway/language
	@.venv/bin/python -m deploy.words

environment:
	@command -v $(PYTHON) >/dev/null || { echo "Certtrack needs Python 3.11 or newer: install it, then repeat the command." >&2; exit 1; }
	@$(PYTHON) deploy/bootstrap.py
