# The commands of the house. MATTONE_DATA names the folder of servers and files (default .data),
# PORT the port, PYTHON the interpreter that makes the environment (3.11 or newer).
PYTHON ?= python3
MATTONE_DATA ?= $(CURDIR)/.data
PORT ?= 8000
export MATTONE_DATA PORT

python := .venv/bin/python
runtime := .venv/.runtime
stamp := .venv/.made
install := $(python) -m pip install --quiet --disable-pip-version-check --require-hashes -r
# The folders of other suites are not even read.
others := $(addprefix --ignore=tests/,browser faults fuzz)
suite := $(python) -m pytest -n 2 --dist worksteal
and-stop = code=$$?; MATTONE_DATA="$(MATTONE_DATA)/test" $(python) -m backend.embedded stop >/dev/null; exit $$code
# The lock names no index, no host and no folder of the machine that made it.
compile := CUSTOM_COMPILE_COMMAND="make lock" $(python) -m piptools compile --quiet --upgrade --strip-extras \
	--generate-hashes --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

checks := check-format check-lint check-types check-imports check-migrations check-translations check-deploy check-dependencies check-style
style := ../shared/tools/style_metrics.py
measured := backend,campaigns,investors,properties,worker,tests

.PHONY: help $(checks) env demo demo-reset stop test test-thorough test-browser test-faults test-production test-api check bench lock translations format
.DEFAULT_GOAL := help

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1: /p' Makefile

# Nothing is asked of the network unless the locked requirements changed. The demo needs less than
# the tests, and starts the sooner for it.
$(runtime): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name one: make PYTHON=/path/to/python3.12"; exit 1; }
	@echo "== Making the environment in .venv (a minute; more when nothing is cached)"
	@$(python) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@$(install) requirements.txt
	@$(python) -m compileall -q backend campaigns investors properties worker
	@touch $@

$(stamp): requirements-dev.txt $(runtime)
	@echo "== Adding what tests and checks need"
	@$(install) requirements-dev.txt
	@touch $@

env: $(stamp) ## make the environment alone

demo: $(runtime) ## tell the story and serve the site on PORT until Ctrl-C
	@MATTONE_DEMO=1 $(python) manage.py demo

demo-reset: $(runtime) ## forget the demo's story and start afresh
	@MATTONE_DEMO=1 $(python) manage.py demo --reset

stop: $(runtime) ## stop the embedded servers
	@$(python) -m backend.embedded stop
	@MATTONE_DATA="$(MATTONE_DATA)/test" $(python) -m backend.embedded stop

# pytest -n 2: two cores; worksteal: a module, and the world under it, stays with one of them. The tests' own server is stopped whatever they said.
test: $(stamp) ## the suite, on an embedded PostgreSQL
	@$(suite) $(others) -m "not browser and not faults and not production and not api and not thorough" $(ARGS); $(and-stop)

test-thorough: $(stamp) ## every address, field and order of events, tried for minutes
	@$(suite) -m thorough $(ARGS); $(and-stop)

# PICTURES=1 makes the pictures of docs/pictures anew; BROWSER_DATA=folder takes the demo that runs on it.
test-browser: $(stamp) ## the pages in the system's Chromium, on a demo told for it (CHROMIUM names another)
	@$(python) -m pytest tests/browser -m browser $(ARGS)

test-faults: $(stamp) ## kills, cuts and full disks
	@$(python) -m pytest tests/faults -m faults $(ARGS)

# A PostgreSQL comes along; a Redis does not, and nothing is installed here.
test-production: $(stamp) ## the processes of docker-compose.yml on a PostgreSQL and a Redis; backup and restore
	@command -v redis-server >/dev/null || { echo "redis-server is missing (Debian: apt-get install redis-server)"; exit 1; }
	@$(python) -m pytest tests/production -m production $(ARGS)

# CASES to each operation and CHAINS of acts.
test-api: $(stamp) ## the whole API, asked thousands of times by schemathesis
	@$(python) -m pytest tests/fuzz -m api -s $(ARGS); $(and-stop)

check: $(stamp) ## what must hold before a commit
	@$(MAKE) --keep-going --no-print-directory $(checks) && echo "== All checks hold"

check-format:
	@echo "== Format (make format writes it)"; $(python) -m ruff format --check .

check-lint:
	@echo "== Lint"; $(python) -m ruff check .

check-types:
	@echo "== Types"; $(python) -m mypy

check-imports:
	@echo "== Floors: who may import whom"; .venv/bin/lint-imports

# The warning that no server was asked is expected: the files alone are compared.
check-migrations:
	@echo "== Missing migrations"; $(python) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

check-translations:
	@echo "== Translations (make translations gathers them)"; $(python) manage.py translations --check

# As a site on the internet would run: the key is made up, and served to nobody.
check-deploy:
	@echo "== Django's list for a site on the internet"; HTTPS=1 ALLOWED_HOSTS=mattone.example \
		SECRET_KEY=$$(head -c 48 /dev/urandom | base64 -w 0) $(python) manage.py check --deploy --tag security --fail-level WARNING

check-dependencies:
	@echo "== Known vulnerabilities of what is locked"; $(python) manage.py audit_dependencies

check-style:
	@echo "== Style budget (aims, not limits)"; if [ -f $(style) ]; then $(python) $(style) --budget $(measured) || true; \
		else echo "$(style) is not here: the style budget was not measured"; fi

bench: $(stamp) ## measure
	@$(python) manage.py bench

lock: $(stamp) ## lock the newest allowed versions, with the hashes of every platform's files
	@$(compile) --output-file requirements.txt pyproject.toml
	@$(compile) --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

format: $(stamp) ## let ruff write
	@$(python) -m ruff format . && $(python) -m ruff check --fix .

translations: $(stamp) ## gather the texts and compile the catalogues
	@$(python) manage.py translations --update
