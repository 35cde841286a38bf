"""What the doctor says about the copies: made, proved, and where they lie."""

from datetime import datetime, timedelta
from pathlib import Path

from bot.backups import last_backup_at, proved_at
from bot.commands.finding import Line
from bot.config import Config

_MADE, _PROVED = timedelta(hours=26), timedelta(hours=48)


def copies(config: Config, now: datetime) -> list[Line]:
    """Each finding with what mends it."""
    folder = config.backup_dir
    return [
        _fresh(last_backup_at(folder), now, _MADE, "No sealed copy was made in the last 26 hours: "
               f"see that {folder} can be written, or run bot backup FILE."),
        _fresh(proved_at(folder), now, _PROVED, "No copy was restored for trial in the last 48 hours, so "
               "nobody knows whether one can be: bot restore-drill."),
        _apart(config),
    ]  # fmt: skip


def _fresh(at: datetime | None, now: datetime, longest: timedelta, sentence: str) -> Line:
    if at is None or now - at > longest:
        return Line("warning", "backup", sentence)
    what = "made" if longest is _MADE else "restored for trial"
    return Line("ok", "backup", f"The last copy was {what} at {at:%Y-%m-%d %H:%M} UTC.")


def _apart(config: Config) -> Line:
    data, folder = config.database_folder, config.backup_dir
    if data is not None and _disk(folder) == _disk(data):
        return Line(
            "warning", "backup",
            "The copies are on the disk of the database: set ANNHI_BACKUP_DIR to another disk.",
        )  # fmt: skip
    return Line("ok", "backup", "The copies are on another disk than the database.")


def _disk(path: Path) -> int:
    """Where it is, or will be made."""
    whole = path.absolute()
    return next(one for one in (whole, *whole.parents) if one.exists()).stat().st_dev
