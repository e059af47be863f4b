# Every target sets up what it needs and does it once: a second call goes straight to the work.

BIN := .venv/bin
READY := .venv/.ready

# `make setup PYTHON=/path/to/python` makes .venv with that interpreter and no other.
PYTHON :=

export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help setup demo test bench baseline check docs lock clean

help:
	@echo "make demo    compare the designs of five documents on a real subdistrict (table, reports, Parquet)"
	@echo "make test    run the tests"
	@echo "make setup   make .venv and install everything, nothing else"
	@echo "make bench   run the benchmarks"
	@echo "make baseline  pin the results that tests/test_baseline.py checks anew (say why in the changelog)"
	@echo "make check   lint, types and the documentation, as in CI"
	@echo "make docs    build the documentation into site/"
	@echo "make lock    resolve the dependencies again into requirements.lock"
	@echo "make clean   remove what can be made again, except .venv and results"

setup: $(READY)

demo: $(READY)
	$(BIN)/cogov study experiment=compare_designs weeks=78 engine.workers=2
	printf '%s\n' en zh | xargs -P 2 -I{} $(BIN)/cogov report results/compare_designs lang={}

test: $(READY)
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

bench: $(READY)
	$(BIN)/python -m pytest -q -m "slow or not slow" tests/benchmarks

baseline: $(READY)
	$(BIN)/python tests/test_baseline.py

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mkdocs build --strict --quiet

docs: $(READY)
	$(BIN)/mkdocs build --strict

lock: $(READY)
	$(BIN)/pip-compile --quiet --all-extras --allow-unsafe --generate-hashes --strip-extras \
	    --no-header --no-emit-options --upgrade --output-file=requirements.lock pyproject.toml

clean:
	rm -rf build dist site .benchmarks .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find cogov tests experiments -name __pycache__ -type d -prune -exec rm -rf {} +

# A candidate is tried, not only found: a version manager's python3.13 can exist and still refuse to run,
# and a distribution's python3 can lack venv. The last pattern is where pyenv keeps versions not selected.
USABLE := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 12))
CANDIDATES = python$$(cut -d. -f1,2 .python-version) python3.13 python3.12 python3 \
    $${PYENV_ROOT:-$$HOME/.pyenv}/versions/3.1[2-9]*/bin/python3

$(READY): requirements.lock pyproject.toml
	@if ! $(BIN)/python -c 'import pip; $(USABLE)' 2>/dev/null; then \
	    python=; for candidate in $(or $(PYTHON),$(CANDIDATES)); do \
	        if "$$candidate" -c '$(USABLE)' 2>/dev/null; then python="$$candidate"; break; fi; \
	    done; \
	    if [ -z "$$python" ]; then \
	        echo "cogov needs Python 3.12 or newer, with venv. Tried: $(or $(PYTHON),$(CANDIDATES))." >&2; \
	        echo "Install one, or name it: make setup PYTHON=/path/to/python3.13" >&2; \
	        exit 1; \
	    fi; \
	    echo "Setting up .venv with $$("$$python" --version)"; \
	    "$$python" -m venv --clear .venv; \
	fi
	$(BIN)/python -m pip install -qq --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@
