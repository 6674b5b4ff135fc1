# make demo   sets up and builds the sample family to out/chronology.xlsx, .html and .json
# make test   sets up and runs everything that must pass: lint, types, import contract, tests
# make bench  compares speed and memory with a plain pandas script
# make peers  compares the matcher with other matchers, in an environment of its own
# make lock   writes the pinned requirements again (needs uv)

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
SAMPLE := $(wildcard samples/*-family)

.PHONY: demo test lint types contract tests bench peers lock clean

demo: $(VENV)/.run
	$(BIN)/chronology build $(SAMPLE) --out out
	@echo "Open out/chronology.html in a browser and out/chronology.xlsx in Excel."

test: lint types contract tests

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

contract: $(VENV)/.test
	$(BIN)/lint-imports

tests: $(VENV)/.test
	$(BIN)/python -m pytest

bench: $(VENV)/.test
	$(BIN)/python benchmarks/build_ten_files.py

PEERS := $(VENV)-peers
peers: $(PEERS)/.made
	$(PEERS)/bin/python -m benchmarks.peers $(CASES)

$(PEERS)/.made: requirements/peers.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements/peers.txt
	@touch $@

$(VENV)/.made:
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements/run.txt setup.cfg pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements/test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

LOCK := uv pip compile setup.cfg --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" --quiet

lock:
	$(LOCK) --extra build --extra pdf --extra review -o requirements/run.txt
	$(LOCK) --extra build --extra frame --extra pdf --extra review --extra test -o requirements/test.txt

clean:
	rm -rf $(VENV) $(PEERS) out build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
