# make site    everything a fresh machine needs, then the site
# make test    everything a fresh machine needs, then all tests but the long ones
# make soak    the long tests
# make lint    style, types and layers alone (part of make test)
# make lock    renew the requirement files
#
# Needed: Python 3.11 or later (named by PYTHON=... where it is not found) and the package registries.
# Paths are relative, so that the folder's own path may hold spaces; GNU make 3.81 understands all of it.

BIN := .venv/bin
INSTALL := $(BIN)/python -m pip --disable-pip-version-check -qq install --no-deps --no-build-isolation --use-pep517
RUN := .venv/installed-to-run
DEV := .venv/installed-to-test
# Neighbouring tests share what they build, so each process takes a run of them, and the last ones are shared out.
# More than 8 would spend their time on starting: each has a Chromium of its own. `make test AT_ONCE=` is one process.
AT_ONCE := --numprocesses auto --maxprocesses 8 --dist worksteal
UV_COMPILE = "$$(sh .ci/uv)" pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11

.PHONY: site install test soak lint lock browser
# One after the other, even with -j: two of them would install into one folder.
.NOTPARALLEL:

site: $(RUN)
	@$(BIN)/sitegen build

install: $(RUN)

# The browser comes first: what a person must install by hand should not be learned after minutes.
test: browser lint
	@PATH="$$PWD/$(BIN):$$PATH" $(BIN)/python -m pytest -m "not soak" $(AT_ONCE) \
		--cov --cov-branch --cov-report=term --cov-fail-under=95

soak: browser $(DEV)
	@PATH="$$PWD/$(BIN):$$PATH" $(BIN)/python -m pytest -m soak

lint: $(DEV)
	@echo "checking style, types and layers"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@layers="$$($(BIN)/lint-imports)" || { echo "$$layers"; exit 1; }
	@$(BIN)/mypy --no-error-summary

browser: .venv/made
	@sh .ci/browser

# Versions that still fit are kept; `make lock UPGRADE=--upgrade` takes the newest of everything.
lock: .venv/made
	echo setuptools | $(UV_COMPILE) $(UPGRADE) - -o requirements-build.txt
	$(UV_COMPILE) $(UPGRADE) pyproject.toml --extra build -o requirements.txt
	$(UV_COMPILE) $(UPGRADE) pyproject.toml --extra build --extra dask --extra dev -o requirements-dev.txt
	$(if $(UPGRADE),sh .ci/npm-lock)

.venv/made:
	@PYTHON="$(PYTHON)" sh .ci/environment
	@touch $@

# The stamps stand inside .venv and go with it. The locks name everything (--no-deps), what feedgen is built with too:
# it has no wheel, and an isolated build would fetch a setuptools of any version and hash.
$(RUN): .venv/made requirements-build.txt requirements.txt pyproject.toml
	@echo "installing what sitegen needs to run"
	@$(INSTALL) --require-hashes -r requirements-build.txt
	@$(INSTALL) --require-hashes -r requirements.txt
	@$(INSTALL) -e .
	@touch $@

$(DEV): $(RUN) requirements-dev.txt
	@echo "installing what its tests need"
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@
