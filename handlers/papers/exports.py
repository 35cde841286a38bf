"""The monthly report as a spreadsheet: the tables of its page, one below the other."""

import asyncio
import io
from collections.abc import Sequence

from notifications.monthly import Table

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What stands in a cell is never a formula or a link, whatever a village is called.
_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


async def spreadsheet(
    head: Sequence[str], columns: tuple[str, str, str], tables: Sequence[Table]
) -> bytes:
    """The .xlsx. `head`: what it is, and what is to be known of it."""
    return await asyncio.to_thread(_write, head, columns, tables)


def _write(head: Sequence[str], columns: tuple[str, str, str], tables: Sequence[Table]) -> bytes:
    from xlsxwriter import Workbook  # noqa: PLC0415 — megabytes, for what is asked for once a month

    out = io.BytesIO()
    with Workbook(out, _PLAIN) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet()
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 2, 20)
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        row = 0
        for n, words in enumerate(head):
            sheet.write_string(row, 0, words, bold if n == 0 else None)
            row += 1
        for table in tables:
            row += 1
            for n, words in enumerate((table.title, *columns[1:])):
                sheet.write_string(row, n, words, bold)
            for cells in table.rows:
                row += 1
                for n, cell in enumerate(cells):
                    _put(sheet, row, n, cell)
            row += 1
    return out.getvalue()


def _put(sheet: object, row: int, column: int, cell: str) -> None:
    """A number is a number, so that it can be added up."""
    if column and cell.isascii() and cell.isdigit():
        sheet.write_number(row, column, int(cell))  # type: ignore[attr-defined]
    else:
        sheet.write_string(row, column, cell)  # type: ignore[attr-defined]
