# Each target builds what it needs in .venv. `make demo` and `make test` are all that a newcomer has to know.
PYTHON ?= python3
BIN := .venv/bin
SHARED ?= ../shared

.PHONY: demo test check gate bench docs web web-check browser train clean help
help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/python:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'

.venv/core: pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --editable .
	@touch $@

.venv/dev: pyproject.toml | .venv/core
	$(BIN)/pip install --quiet --editable '.[polars,pandas,plot]' --group test
	@touch $@

demo: .venv/core  ## read the sample articles, print the answers, write out/report.html
	@FRENEMY="$(BIN)/frenemy" sh examples/demo.sh

check: .venv/dev  ## lint, types, import contract, docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

test: check  ## all that CI runs: check, then tests with doctests
	$(BIN)/pytest

gate: .venv/dev  ## score the reader against pinned floors
	$(BIN)/python benchmarks/gate.py --shared $(SHARED)

bench: .venv/dev  ## speed and memory, beside a named peer
	$(BIN)/python benchmarks/reading.py

docs: .venv/dev  ## write the generated pages
	$(BIN)/python docs/generate.py

web: web/node_modules  ## build the page of the web app (needs Node)
	cd web && npm run build

web-check: web/node_modules  ## build it again and compare
	cd web && npm run check
	cd web && npx vite build --outDir ../out/web --emptyOutDir --logLevel warn
	diff -r out/web src/frenemy/views/server/assets

web/node_modules: web/package-lock.json
	cd web && npm ci --no-audit --no-fund
	@touch $@

browser: .venv/dev web/node_modules  ## drive the web app in Chromium
	$(BIN)/pip install --quiet --group browser
	$(BIN)/pytest tests/browser

train: .venv/dev  ## rebuild the model from $(SHARED)/data
	$(BIN)/pip install --quiet --group train
	$(BIN)/python -m training.build --shared $(SHARED)

clean:  ## remove what make made
	rm -rf .venv out
