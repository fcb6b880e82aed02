# What one does with the project, by name: `just` lists it. The recipes only name the project's own
# commands, so that CI and those without just run the same ones.
# just is on PyPI as `rust-just`; `dev` installs it: `.venv-dev/bin/just`.

# What is compiled is kept: compiling all tests anew takes as long as running a third of them.
export PYTHONDONTWRITEBYTECODE := ""
export PATH := justfile_directory() / ".venv-dev/bin:" + env("PATH")

# List the recipes.
_list:
    @just --list --unsorted --justfile {{ justfile() }}

# Make the environment, and let git run the hooks of `.pre-commit-config.yaml`.
setup:
    python3 -m venv .venv-dev
    pip install --quiet --editable '.[dev]'
    git rev-parse --git-dir >/dev/null 2>&1 && pre-commit install || true

# The checks of the house.
check:
    .ci/check

# The fast tests, on save.
test-fast *args:
    pytest -n auto --quiet -m fast {{ args }}

# The fast tests and the whole ones, before a change is handed on.
test *args:
    pytest -n auto --quiet {{ args }}

# What CI runs beside those.
test-deep *args:
    pip install --quiet --editable '.[strict]'
    pytest -n auto --quiet -m 'deep or hypothesis' --hypothesis-profile=many {{ args }}

# The lines and branches that no fast or whole test comes to.
coverage *args:
    pytest -n auto --quiet --cov {{ args }}

# Mend what can be mended, lay out, and write what is generated.
fix:
    ruff check --fix .
    ruff format .
    ipcity fmt policies tests/second_law
    python .ci/generate.py

# Hold papers and pages against what is printed now; `just docs --accept` writes it.
docs *args:
    pytest --quiet tests/test_docs.py tests/test_reference.py tests/test_conformance.py {{ args }}

# One site of all pages, in `build/site`.
site *args:
    pip install --quiet --editable '.[docs]'
    mkdocs build --strict {{ args }}

# The benchmarks, as ratios.
bench:
    python bench/run.py

# All that CI runs, in environments of its own.
ci:
    .ci/run
