# Every habit of this repository. Each target sets up by itself.
PY := .venv/bin/python
STAMP := .venv/.stamp
PEERS := .venv-peers/.stamp
ZALO := .venv-zalo/.stamp
AUDIT := .venv-audit/.stamp

# What is played once more on PostgreSQL: a whole case, and mornings. What is about PostgreSQL itself runs always.
POSTGRES := tests/machines/test_cases.py tests/machines/test_talk.py tests/transcripts/test_transcripts.py -k "not transcripts or whole/ or merging/ or handovers/ or digest/weekly or digest/monthly"

# Programs that are killed, and chats that are played once more, elsewhere or for weeks: the others run
# the same lines, and counting them here would only cost time.
UNCOUNTED := tests/faults tests/machines $(addprefix tests/transcripts/test_, everywhere.py on_time.py two_communes.py)

.PHONY: help setup run demo test postgres check e2e everywhere bench faults soak docs lock audit

help: ## this list
	@grep -E '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(STAMP): requirements-dev.lock
	python3 -m venv .venv
	.venv/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $(STAMP)

setup: $(STAMP) ## install what the program and its tools need, into .venv

run: setup ## start everything
	$(PY) -m bot run

demo: setup ## everybody side by side on one page, on a scratch database
	$(PY) -m bot demo

check: setup ## format, lint, types, import contracts, generated docs fresh
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PY) docs/generate.py --check

$(ZALO): tests/support/zalo_clients.txt
	python3 -m venv .venv-zalo
	.venv-zalo/bin/pip install -q --disable-pip-version-check --require-hashes -r tests/support/zalo_clients.txt
	touch $(ZALO)

test: setup $(ZALO) ## the whole suite without a browser
	.venv/bin/pytest -m "not browser and not long" -n auto --dist worksteal $(addprefix --ignore=, $(UNCOUNTED)) --cov --cov-report=
	.venv/bin/pytest -m "not browser and not long" -n auto --dist worksteal $(UNCOUNTED)
	.venv/bin/pytest -m "not browser and not long" -n 2 --postgres $(POSTGRES)
	.venv/bin/coverage report --skip-covered --sort=cover --fail-under=85
	.venv/bin/coverage report --include="cases/*,handlers/talk/*" --fail-under=100 --format=total

postgres: setup $(ZALO) ## the whole suite once more, on PostgreSQL
	.venv/bin/pytest -m "not browser and not long" -n auto --dist worksteal --postgres

e2e: setup ## a real browser
	.venv/bin/pytest -m browser

everywhere: setup ## every chat of reporters and staff on every channel
	.venv/bin/pytest tests/transcripts/test_everywhere.py --everywhere -n auto

faults: setup $(ZALO) ## every fault F1-F56 on both databases, into docs/generated/faults.md
	$(PY) -m tests.faults catalogue

soak: setup ## programs killed again and again while people report (sizes: SOAK="--kills 20 --reports 100")
	$(PY) -m tests.faults soak $(SOAK)

$(PEERS): benchmarks/peers.txt
	python3 -m venv .venv-peers
	.venv-peers/bin/pip install -q --disable-pip-version-check --require-hashes -r benchmarks/peers.txt
	touch $(PEERS)

bench: setup $(PEERS) ## every figure, with its peers, into docs/generated/bench.md
	$(PY) -m benchmarks

docs: setup ## docs/generated from the tables in the code
	$(PY) docs/generate.py

$(AUDIT): deploy/audit/tools.txt
	python3 -m venv .venv-audit
	.venv-audit/bin/pip install -q --disable-pip-version-check --require-hashes -r deploy/audit/tools.txt
	touch $(AUDIT)

audit: $(AUDIT) ## known weaknesses of what is deployed, and its parts as sbom.json; needs the network
	.venv-audit/bin/cyclonedx-py requirements requirements-postgres.lock --of JSON -o sbom.json
	.venv-audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements-postgres.lock

lock: ## write the locks again from pyproject.toml
	python3 -m venv .venv
	.venv/bin/pip install -q uv
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-header --no-annotate pyproject.toml -o requirements.lock
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-header --no-annotate --all-extras pyproject.toml -o requirements-dev.lock
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-header --no-annotate --extra postgres pyproject.toml -o requirements-postgres.lock
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-header --no-annotate deploy/audit/tools.in -o deploy/audit/tools.txt
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-header --no-annotate benchmarks/peers.in -o benchmarks/peers.txt
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-header --no-annotate tests/support/zalo_clients.in -o tests/support/zalo_clients.txt
