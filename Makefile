# `make report` and `make test` do all their own set-up; they need Python 3.11 or later and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
JOBS   ?= auto
COUNT  ?= 2000
SEED   ?= 1

.PHONY: report test test-all test-pythons mutants fuzz lint bench pictures lock clean

report: $(VENV)/run.stamp   ## build both editions of the report into out/
	$(BIN)/reportgen build

test: $(VENV)/dev.stamp     ## run the tests but the long studies
	@echo "The tests take about four minutes on two cores."
	$(BIN)/python -m pytest -n $(JOBS) --ignore=tests/benchmarks -m "not study"

test-all: $(VENV)/dev.stamp ## run every test, the long studies too
	$(BIN)/python -m pytest -n $(JOBS) --ignore=tests/benchmarks

test-pythons: $(VENV)/run.stamp ## build and test with the other Pythons of this machine; compare the files with those in out/
	$(BIN)/python tests/pythons.py

mutants: $(VENV)/dev.stamp  ## plant faults in the product and see whether the tests catch them
	$(BIN)/python tests/mutation/run.py

fuzz: $(VENV)/dev.stamp     ## mutate COUNT whole projects (SEED): each must be built or refused
	$(BIN)/python tests/fuzz/fuzz.py --count $(COUNT) --seed $(SEED)

lint: $(VENV)/dev.stamp     ## style, types and layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/dev.stamp    ## measure; nothing here passes or fails by the clock
	$(BIN)/python -m pytest tests/benchmarks --benchmark-only

pictures: $(VENV)/dev.stamp ## build, then remake the documentation's pictures and the gallery of figures
	$(BIN)/python docs/make_images.py
	$(BIN)/python docs/make_gallery.py

lock: $(VENV)/dev.stamp     ## renew the locked versions
	cd requirements && ../$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header ../pyproject.toml run.in -o run.lock
	cd requirements && ../$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -c run.lock ../pyproject.toml --all-extras dev.in -o dev.lock

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "reportgen needs Python 3.11 or later; say which with make PYTHON=…")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: $(VENV)/bin/python pyproject.toml requirements/run.lock
	$(PIP) install --require-hashes -r requirements/run.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements/dev.lock
	$(PIP) install --require-hashes -r requirements/dev.lock
	touch $@

clean:                      ## remove what was built, not the environment
	rm -rf .cache
	find out -mindepth 1 ! -path out/README.md -delete
