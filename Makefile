# Everything happens in .venv beside this file; no virtual environment needs to be active.
# `make` builds the sample catalogue into public/, `make help` lists the rest.

PYTHON ?= python3

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

# What is installed has the checksums of requirements/, and nothing is fetched beyond it: the build backend is there already.
LOCKED := $(PIP) install --require-hashes --no-deps --requirement
ITSELF := $(PIP) install --no-deps --no-build-isolation --editable .
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade) pyproject.toml

# Variables of another environment or of the user's settings would take the place of our own.
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV
# Without bytecode, the tests and every program that they start would be compiled each time.
unexport PYTHONDONTWRITEBYTECODE

# An environment is tied to the folder it was made in: after a move it is created again.
ifneq ($(wildcard $(VENV)/.place),)
ifneq ($(shell cat $(VENV)/.place),$(CURDIR))
.PHONY: $(BIN)/python $(VENV)/.site $(VENV)/.test $(VENV)/.bench $(VENV)/.audit $(VENV)/.release
endif
endif

.DELETE_ON_ERROR:
.PHONY: site serve gallery test lint tools docs pictures torture lock audit bench changelog release clean distclean help

site: $(VENV)/.site ## Build the sample catalogue into public/ (the default)
	$(BIN)/credsite build .

serve: $(VENV)/.site ## Show the sample catalogue in a browser, and reload it at every change
	$(BIN)/credsite serve .

gallery: $(VENV)/.site ## Write the three catalogues of docs/gallery.md into gallery/
	$(BIN)/python -m tests.support.colleges gallery

test: lint tools ## Run every check: style, types and tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.test ## Check style and types only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

tools: $(VENV)/.test ## Fetch what the tests check pages with: HTML checker, axe-core, Chromium
	@$(BIN)/python -m tests.tools.fetch

docs: $(VENV)/.test ## Write the generated documentation, the list of translatable words and the picture of the packages
	$(BIN)/python -m credsite.schema.reference docs
	$(BIN)/python -m credsite.theme.message_extraction
	$(BIN)/python -m tests.project.test_architecture

pictures: tools ## Take the pictures of the documentation again, after a change of the theme or of the colleges
	$(BIN)/python -m tests.tools.pictures

torture: tools ## Try everything that could do harm (under 30 minutes), and write docs/reliability.md
	$(BIN)/python -m pytest --whole --numprocesses auto --dist worksteal tests/torture tests/browser/test_brand.py

lock: $(VENV)/.audit ## Write requirements/ after a change to pyproject.toml; UPGRADE=yes takes the newest releases
	$(LOCK) --group build --extra test --extra bench --output-file requirements/bench.txt
	$(LOCK) --group build --extra test --constraint requirements/bench.txt --output-file requirements/test.txt
	$(LOCK) --group build --constraint requirements/bench.txt --output-file requirements/site.txt
	$(LOCK:pyproject.toml=) --group release --constraint requirements/bench.txt --output-file requirements/release.txt
	$(LOCK:pyproject.toml=) --group audit --constraint requirements/bench.txt --output-file requirements/audit.txt

audit: $(VENV)/.audit ## Ask PyPI whether weaknesses are known of any release in requirements/
	@$(BIN)/python -m tests.tools.audit

bench: tools $(VENV)/.bench ## Measure builds beside other generators; SIZES="100 1000" and ROUNDS=3 choose how much
	@$(BIN)/python -m compileall -q src/credsite # as an installation does, because Python may not be able to write bytecode during the runs
	$(BIN)/python -m benchmarks.run $(if $(SIZES),--sizes $(SIZES)) $(if $(ROUNDS),--rounds $(ROUNDS))

changelog: $(VENV)/.release ## Put the fragments in changelog.d/ into CHANGELOG.md, for the version in src/credsite/__init__.py
	@$(BIN)/python -m tests.tools.release changelog

release: $(VENV)/.release ## Build the wheel and the source archive into dist/, check them, and try both; upload nothing
	@$(BIN)/python -m tests.tools.release

clean: ## Remove what a build or a test run leaves behind
	@test ! -x $(BIN)/credsite || $(BIN)/credsite clean . # only what credsite wrote
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis gallery
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## Remove the environment and the test tools as well
	rm -rf $(VENV) .tools

help: ## List these targets
	@sed -n 's/^\([a-z]*\):[^#]*## /  make \1	/p' Makefile | expand -t 20

# The stamps record which lock the environment was created from.
$(VENV)/.site: pyproject.toml requirements/site.txt | $(BIN)/python
	@echo "Installing credsite into $(VENV) ..."
	@$(LOCKED) requirements/site.txt
	@$(ITSELF)
	@touch $@

$(VENV)/.test: pyproject.toml requirements/test.txt | $(BIN)/python
	@echo "Installing credsite and its test tools into $(VENV) ..."
	@$(LOCKED) requirements/test.txt
	@$(ITSELF)
	@touch $@ $(VENV)/.site

$(VENV)/.bench: pyproject.toml requirements/bench.txt | $(BIN)/python
	@echo "Installing credsite and the generators it is measured against into $(VENV) ..."
	@$(LOCKED) requirements/bench.txt
	@$(ITSELF)
	@touch $@ $(VENV)/.site

$(VENV)/.audit: requirements/audit.txt | $(BIN)/python
	@echo "Installing what locks and audits dependencies into $(VENV) ..."
	@$(LOCKED) requirements/audit.txt
	@touch $@

$(VENV)/.release: requirements/release.txt $(VENV)/.site | $(BIN)/python
	@echo "Installing what cuts a release into $(VENV) ..."
	@$(LOCKED) requirements/release.txt
	@touch $@

$(BIN)/python:
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "credsite needs Python 3.11 or newer, and there is no '$(PYTHON)': install it," \
	    "or name yours: make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "credsite needs Python 3.11 or newer, and '$(PYTHON)' is older:" \
	    "name a newer one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make virtual environments: install its venv package" \
	    "(on Debian and Ubuntu: apt-get install python3-venv)." >&2; exit 1; }
	@echo "Making the environment $(VENV) ..."
	@"$(PYTHON)" -m venv --clear $(VENV)
	@echo "$(CURDIR)" > $(VENV)/.place
