"""The source of time, injected: nothing below `bot` asks the machine."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """`now` is aware UTC; `elapsed` is seconds that also count while the process is frozen.

    `shared`: it is the wall's time, so a database that several machines share may be asked instead.
    """

    shared: bool

    def now(self) -> datetime: ...

    def elapsed(self) -> float: ...
