# Everything a person types. Needs Python 3.11 and make, nothing else.
# ADLOOM_HOME (default ./var), PORT and the other variables of .env.example may be given on the command line.
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test check serve ads bench
PY := .venv/bin/python
PO := $(wildcard locale/*/LC_MESSAGES/django.po)
MO := $(PO:.po=.mo)
OUT ?= $(or $(ADLOOM_HOME),var)/made
COUNT ?= 6
BATCH ?= 0
WORKERS ?= 2
export FOOTAGE NEED

help:
	@echo "make demo                      set up, and make six ads from the sample brief"
	@echo "make demo BATCH=1000           the same, and a bulk batch of the same brief"
	@echo "make ads FOOTAGE=DIR NEED=TEXT make ads from your own footage"
	@echo "make serve                     run the platform at http://127.0.0.1:8000"
	@echo "make test | check | bench      all tests | format, lint, types, imports, migrations | measurements"

.venv/.base-installed: pyproject.toml constraints.txt scripts/setup.sh
	@sh scripts/setup.sh base

.venv/.dev-installed: .venv/.base-installed
	@sh scripts/setup.sh dev

%.mo: %.po .venv/.base-installed
	@$(PY) -m babel.messages.frontend -q compile -i $< -o $@

setup: .venv/.base-installed $(MO)

setup-dev: .venv/.dev-installed $(MO)

demo: setup
	@$(PY) manage.py demo --batch $(BATCH)

ads: setup
	@test -n "$$FOOTAGE" || { echo 'ads: say which footage, as in: make ads FOOTAGE=~/Videos NEED="15 秒,冷萃咖啡,39.9 元,上班族"' >&2; exit 2; }
	@$(PY) manage.py make_ads --need "$$NEED" --materials "$$FOOTAGE" --count $(COUNT) --out "$(OUT)" --report "$(OUT)/report.json"

serve: setup
	@exec $(PY) manage.py serve

# A file's tests stay together: they share what was costly to make.
test: setup-dev
	@$(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: setup-dev
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	PYTHONWARNINGS=ignore::RuntimeWarning $(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py check --fail-level WARNING
	HTTPS=true $(PY) manage.py check --deploy --fail-level WARNING

bench: setup
	@$(PY) -m bench
