"""What a start loads: only what every installation needs at once (the figure is in docs/generated/bench.md)."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]
LATER = ("docx", "docxtpl", "lxml", "xlsxwriter", "PIL", "procrastinate", "psycopg")
_LOADED = f"import sys, bot.commands.serve; print(*[one for one in {LATER} if one in sys.modules])"


def test_papers_posters_and_the_other_database_are_loaded_when_somebody_needs_them():
    ran = subprocess.run(
        [sys.executable, "-c", _LOADED], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert ran.stdout.split() == []


def test_every_part_of_the_bench_fits_the_program():
    """Nobody imports a bench: what is renamed under it would show in the next `make bench` only."""
    parts = import_module("benchmarks.__main__")._PARTS
    assert "million" in parts
