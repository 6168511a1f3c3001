# From a fresh clone to a drill, with cargo and Node and nothing else:
#
#   make demo     build everything and serve a drill to walk into
#   make test     everything that must hold before a change is merged
#
# A target does again only what has changed since: the second run starts at once.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Where the demo listens, how many times faster than real time it runs, and which scenario it plays:
#   make demo LISTEN=0.0.0.0:8080 SPEED=20
LISTEN   ?= 127.0.0.1:8080
SPEED    ?= 4
SCENARIO ?= zephyrine

CARGO ?= cargo
NPM   ?= npm
# What npm would otherwise say about funding and audits needs the network and helps nobody here.
NPM_QUIET := --no-audit --no-fund --no-update-notifier

BINARY  := target/release/drillhall
CLIENT  := web/dist/index.html
MODULES := web/node_modules/.made
# Folders are listed too: their time changes when a file goes.
WEB_SOURCES := web/package.json web/index.html web/vite.config.ts web/svelte.config.js web/tsconfig.json \
	$(shell find web/src web/public web/messages web/build 2>/dev/null)

# The client needs Node 20.19 or newer to be built. Nothing else does.
NODE := $(shell scripts/node-version 2>/dev/null)

.PHONY: help
help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  Variables: LISTEN=$(LISTEN) SPEED=$(SPEED) SCENARIO=$(SCENARIO)"

.PHONY: demo
demo: build ## Serve a drill with four simulated teams and a free seat for you; Ctrl-C ends it
	@exec $(BINARY) demo --listen $(LISTEN) --speed $(SPEED) --scenario $(SCENARIO)

.PHONY: build
build: client ## Build target/release/drillhall with the client in it; PDF=1: with PDF, too, which takes minutes longer
	@$(CARGO) build --release --locked $(if $(PDF),--features pdf)
	@test -f $(CLIENT) || echo "Built $(BINARY) without the pages: its start page says how to add them."

.PHONY: sbom
sbom: ## Write the bill of materials to dist/sbom.cdx.json (CycloneDX)
	@mkdir -p dist
	@node scripts/sbom.mjs $(if $(PDF),--features pdf) > dist/sbom.cdx.json
	@echo dist/sbom.cdx.json

.PHONY: dist
dist: build ## Make one archive in dist/ that runs on a bare Linux: program, packs, guides, units, licences, checksums
	@PDF=$(PDF) scripts/dist

.PHONY: dist-test
dist-test: ## Unpack that archive into a fresh root without cargo, Node or network, and serve the first inject there
	@scripts/dist-test

.PHONY: test
test: ## Install what tests need, then run every check and every test that has not passed as it is
	@ALL=$(ALL) scripts/test

.PHONY: test-pdf
test-pdf: ## Test reports as PDF, which `make test` leaves out for the time that the typesetter takes to build
	@PDF=1 scripts/test-needs
	@$(CARGO) clippy --all-targets --locked --features pdf -- -D warnings
	@$(CARGO) test --locked --features pdf --test it -- report::pdf report::pictures report::certificates cli::paper live::reports

.PHONY: soak
soak: ## Look for what property tests have not found yet: many more cases, of a new seed
	@PROPTEST_CASES=$(or $(CASES),5000) $(CARGO) test --locked --test it -- properties mutation round_trip export

.PHONY: fuzz
fuzz: ## Look for bytes that break what reads them, ten minutes for each target; TARGET=frame SECONDS=60 for one (cargo install cargo-fuzz)
	@scripts/fuzz $(TARGET)

.PHONY: api-test
api-test: ## Put every route to the test with fitting and unfitting data, as four kinds of caller; needs Python
	@$(CARGO) build --locked --quiet
	@scripts/schemathesis

.PHONY: check
check: client ## The quick checks: format, lints, types
	@$(CARGO) fmt --check
	@$(CARGO) clippy --all-targets --locked -- -D warnings
ifneq ($(NODE),)
	@$(NPM) --prefix web run --silent check
endif

.PHONY: api
api: ## Write the client's types anew after a change of the interface
	@$(CARGO) run --locked --quiet -- openapi > web/openapi.json
	@$(NPM) --prefix web run --silent types

.PHONY: clean
clean: ## Remove everything that was built or installed here
	@$(CARGO) clean
	@rm -rf web/dist web/node_modules tests/browser/node_modules tests/browser/results

.PHONY: client
ifneq ($(NODE),)
client: $(CLIENT)
else ifneq ($(wildcard $(CLIENT)),)
client:
	@echo "There is no Node 20.19 or newer here: the pages stay as they were built before."
else
client:
	@echo "There is no Node 20.19 or newer here, so the server is built without its pages."
	@echo "Install Node (https://nodejs.org) and run make again to add them."
endif

$(MODULES): web/package-lock.json
	@echo "Installing what the client is built with"
	@$(NPM) --prefix web ci $(NPM_QUIET)
	@touch $@

$(CLIENT): $(MODULES) $(WEB_SOURCES)
	@echo "Building the client"
	@$(NPM) --prefix web run --silent build
	@touch $@
