"""The tables in tests/data: one promise a line, columns by tabs; a line that begins with `# ` is a heading."""

from pathlib import Path

DATA = Path(__file__).parents[1] / "data"


def table(name):
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("# ")]
