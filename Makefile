# Two commands: `make chat` and `make test`. Everything is installed in .venv.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
MODELS := .venv/.models
# The build of torch for this machine; for another one: make models TORCH=...
TORCH ?= torch==2.13.*

# Without bytecode every start compiles every library again, which doubles its time. uv writes none,
# and where PYTHONDONTWRITEBYTECODE is set nothing else would. A file that does not compile is of no
# use to us, but no reason to stop.
export PYTHONDONTWRITEBYTECODE :=
COMPILE = -$(BIN)/python -m compileall -qq -j 0 .venv/lib assistant corpus

.DEFAULT_GOAL := help
.PHONY: help install models ingest chat ask test lint types check eval chromium clean

help:  ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sort | sed -E 's/:.*## /\t/' | expand -t 12

install: $(READY)  ## make the environment and install everything into it

# uv resolves this set of packages in seconds, pip in minutes: it comes from PyPI like the rest.
$(READY): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python -e '.[dev]'
	$(COMPILE)
	touch $(READY)

models: $(MODELS)  ## also install sentence-transformers, for ENCODER and RERANKER

# pip first: where the disk has a build of torch for processors, only pip finds it, and uv fetches
# three gigabytes of CUDA. uv then keeps the torch that is there.
$(MODELS): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check '$(TORCH)'
	$(BIN)/uv pip install --quiet --python $(BIN)/python -e '.[dev,models,dev-models]'
	touch $(MODELS)

ingest: $(READY)  ## read new and changed guides into the index
	$(BIN)/python -m ingest

chat: ingest  ## ingest what is new, then open the page on 127.0.0.1
	$(BIN)/python -m assistant

lint: $(READY)  ## ruff: style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)  ## mypy, strict
	$(BIN)/mypy

chromium:
	@command -v chromium >/dev/null || (echo "Chromium is missing: apt-get install chromium" && exit 1)

test: $(MODELS) chromium lint types  ## everything: linters, types, unit, real guides, real browser
	$(BIN)/pytest

eval: ingest  ## measure the answers against the cases and their floor
	$(BIN)/python -m eval check
	$(BIN)/python -m eval
	$(BIN)/python -m eval --no-fiches --out results/no-fiches

clean:  ## remove the environment and the index
	rm -rf .venv data results screenshots build *.egg-info
