# Countersign's house. `make` alone prints what it can do.
# Needs nothing but make, a Python 3.11 to 3.13 and network access to packages; everything else is made in .venv and var/.

.DEFAULT_GOAL := help
SHELL := /bin/sh
# Every process compiles the whole product and its tests anew where a container sets this: half a minute of each part.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help run test test-fast test-long coverage bench soak check format lint types imports templates migrations states schema lock machine base dev

# The system's own Python where it fits, then the newest: Debian's is what the image runs on, and one that somebody
# compiled by hand is often a tenth slower. One that can make an environment goes before one whose module is missing.
PYTHON ?= $(shell for able in 'import ensurepip, ' 'import '; do \
	for python in /usr/bin/python3 python3.13 python3.12 python3.11 python3; do \
		command -v $$python >/dev/null 2>&1 \
		&& $$python -c "$${able}sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))" >/dev/null 2>&1 \
		&& { echo $$python; exit; }; \
	done; done; true)
VENV := .venv/bin
TEMPLATES := templates procurement vendors -name '*.html'
MANAGE := COUNTERSIGN_MODE=test DATABASE_URL=sqlite://:memory: $(VENV)/python manage.py

# Before there is an environment: with the machine's own Python, or a word about how to get one.
define with_python
@python="$(PYTHON)"; test -n "$$python" || { \
	echo "No Python 3.11, 3.12 or 3.13 is on the path. Install one: sudo apt-get install -y python3 python3-venv" >&2; exit 1; }; \
exec $$python
endef

help:
	@echo "Countersign. What make can do here:"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: base  ## start the demo on this machine and print its address; a second start keeps the data
	@$(VENV)/python requirements/system.py pdf || true
	@COUNTERSIGN_MODE=$${COUNTERSIGN_MODE:-demo} exec $(VENV)/python -m procurement.demo.house

test: dev  ## run the tests: fast ones, then PostgreSQL, broker and browser; skips are listed last
	@$(VENV)/python requirements/system.py pdf browser || true
	@exec $(VENV)/python -m tests.parts

test-fast: dev  ## run the tests that need no browser, no broker and no PostgreSQL, without the slow ones
	@exec $(VENV)/python -m tests.parts fast

test-long: dev  ## run the slow ones, and seeded samples of what soak does in full
	@$(VENV)/python requirements/system.py pdf ocr || true
	@exec $(VENV)/python -m tests.parts long

coverage: dev  ## all tests, every line counted: twice the time, and a bar to stay above
	@$(VENV)/python requirements/system.py pdf browser || true
	@exec $(VENV)/python -m tests.parts --coverage

bench: dev  ## measure floors and product in one run and print goal and figure per row (BENCH="--only memos")
	@$(VENV)/python requirements/system.py pdf || true
	@exec $(VENV)/python -m tests.bench $(BENCH)

soak: dev  ## break things on purpose, 50 times each, the long campaigns in full, the deployment; hours, resumable (SOAK="--runs 5")
	@$(VENV)/python requirements/system.py pdf || true
	@exec $(VENV)/python -m tests.soak $(SOAK)

check: dev lint types imports templates migrations states schema  ## style, types, layers, templates, migrations, diagram, API description
	@echo "All checks pass."

format: dev  ## rewrite code and templates the way make check wants them
	$(VENV)/ruff check --fix-only --quiet .
	$(VENV)/ruff format .
	find $(TEMPLATES) -exec $(VENV)/djade --target-version 5.2 {} + || true

lock: base  ## resolve requirements/*.in anew into the hashed locks (needs uv; UPGRADE=1 takes newer releases)
	@exec $(VENV)/python requirements/lock.py $(if $(UPGRADE),--upgrade)

machine:  ## install what the tests need from the system: Pango, Chromium, PostgreSQL, Tesseract (root on a Debian)
	$(with_python) requirements/system.py pdf browser postgres ocr

base dev:
	$(with_python) requirements/install.py $@

lint: dev
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .

types: dev
	COUNTERSIGN_MODE=test $(VENV)/mypy procurement vendors

imports: dev
	$(VENV)/lint-imports --no-logo

templates: dev
	find $(TEMPLATES) -exec $(VENV)/djade --check --target-version 5.2 {} +

migrations: dev
	$(MANAGE) makemigrations --check --dry-run

states: dev
	$(MANAGE) review_states --check

schema: dev
	$(MANAGE) spectacular --validate --fail-on-warn --file /dev/null
