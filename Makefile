# make run            set up and serve the pages at http://127.0.0.1:8501 (PORT=, HOST= change it; WORKERS=4: four servers)
# make test           set up and run the tests
# make test-all       the same with the long ones: every training experiment, more in the browser
# make check          format, lint, types, import layers, the fast tests and the audit
# make audit          licences, and known vulnerabilities where there is a network; REQUIRED=1 fails without
# make lock           write requirements.lock anew: every version of constraints.txt with its hashes
# make check-core     the core's tests in an environment with numpy and pytest alone
# make bench          timed comparisons; PART=server, class, room, moves, drag, script, compare, core, datasets or peers: one
# make mutants        break the core in small ways, count what its tests notice; also PART=sweep SAMPLE=200 SEED=0
# make hostile        damaged files, kills and visitors who leave, for hours; PART=files FILES=20000 for less
# make texts          bring the catalogues up to date with the sentences of the program
# make wheel          build dist/accuracy_lens-*.whl, which `pip install` takes anywhere
# make docs           build the documentation into site/, with the library from its docstrings
# make format         format the code
# make clean          remove what the other targets made

PYTHON ?= $(or $(shell command -v python3.11),$(shell command -v python3))
HOST ?= 127.0.0.1
PORT ?= 8501
PYTEST_ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
CORE := .venv-core
MUTANTS := .venv-mutants
DOCS := .venv-docs
PIP := -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# Wheels with known hashes only: nothing is built, so nothing runs while it is installed.
LOCKED := --require-hashes --only-binary :all:
# Without what nobody imports: half of the time.
COMPILE := -m compileall -q -j 0 -x '/(tests?|graph_objs|pip|setuptools|mypy)/' $(VENV)/lib
UV_LOCK := $(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-annotate --custom-compile-command "make lock" -c constraints.txt
WORKERS ?= 1
TEST_WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
PARALLEL := -n $(TEST_WORKERS) --dist loadfile

# Processes that the program starts read what is compiled already, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := run
.PHONY: run test test-all check check-core audit lock bench mutants hostile texts wheel docs format clean

run: $(VENV)/run.stamp
	$(PY) -m accuracy_lens serve --host $(HOST) --port $(PORT) --workers $(WORKERS)

test: $(VENV)/dev.stamp
	$(PY) -m tests.browser.chromium
	$(PY) -m pytest $(PARALLEL) -m "not long" $(PYTEST_ARGS)

test-all: $(VENV)/dev.stamp
	$(PY) -m tests.browser.chromium
	$(PY) -m pytest $(PARALLEL) $(PYTEST_ARGS)

check: $(VENV)/dev.stamp
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-logo
	$(PY) -m pytest $(PARALLEL) -m "not browser and not keras and not long" $(PYTEST_ARGS)
	$(PY) -m tools.audit $(REQUIRED:%=--required)

audit: $(VENV)/dev.stamp
	$(PY) -m tools.audit $(REQUIRED:%=--required)

lock: | $(PY)
	$(PY) $(PIP) uv
	$(UV_LOCK) requirements.txt -o requirements.lock
	echo uv | $(UV_LOCK) - -o requirements-setup.lock

check-core: $(CORE)/core.stamp
	$(CORE)/bin/python -m pytest tests/core --ignore=tests/core/reading --ignore=tests/core/datasets -p no:cacheprovider $(PYTEST_ARGS)

bench: $(VENV)/dev.stamp
	$(PY) -m benchmarks $(PART)

mutants: $(MUTANTS)/core.stamp
	$(MUTANTS)/bin/python -m tests.mutants $(PART:%=--part %) $(SAMPLE:%=--sample %) $(SEED:%=--seed %)

hostile: $(VENV)/dev.stamp
	$(PY) -m tests.hostile $(PART:%=--part %) $(FILES:%=--files %) $(KILLS:%=--kills %) $(SEED:%=--seed %)

texts: $(VENV)/dev.stamp
	PYTHONPATH=. $(VENV)/bin/pybabel -q extract -F accuracy_lens/locale/babel.cfg --no-location --sort-output -o messages.pot .
	$(VENV)/bin/pybabel update -i messages.pot -d accuracy_lens/locale -l zh -o accuracy_lens/locale/zh.po --no-wrap --no-fuzzy-matching --ignore-obsolete
	rm messages.pot

wheel: $(VENV)/dev.stamp
	$(PY) -m hatchling build -t wheel -d dist

docs: $(DOCS)/docs.stamp
	$(DOCS)/bin/python -m mkdocs build --quiet --clean --site-dir site

format: $(VENV)/dev.stamp
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

clean:
	rm -rf $(VENV) $(CORE) $(MUTANTS) $(DOCS) mutants dist site .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PY):
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	-@$(PY) -m pip install --quiet --disable-pip-version-check $(LOCKED) -r requirements-setup.lock

$(VENV)/run.stamp: requirements.lock | $(PY)
	@echo "Installing what the pages need (a minute or two, once)"
	$(PY) -m tools.install $(LOCKED) -r requirements.lock
	-@$(PY) $(COMPILE) > /dev/null
	touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.txt requirements.txt constraints.txt
	@echo "Installing what the tests need on top (a quarter of a minute, once)"
	$(PY) -m tools.install --constraint constraints.txt -r requirements-dev.txt
	touch $@

$(CORE)/core.stamp: constraints.txt
	$(PYTHON) -m venv --clear $(CORE)
	$(CORE)/bin/python $(PIP) numpy pytest
	touch $@

$(MUTANTS)/core.stamp: constraints.txt
	$(PYTHON) -m venv --clear $(MUTANTS)
	$(MUTANTS)/bin/python $(PIP) numpy pytest hypothesis mutmut
	touch $@

$(DOCS)/docs.stamp: constraints.txt
	$(PYTHON) -m venv --clear $(DOCS)
	$(DOCS)/bin/python $(PIP) mkdocs-material "mkdocstrings[python]"
	touch $@
