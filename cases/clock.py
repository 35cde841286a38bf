"""The source of time, injected: nothing below `bot` asks the machine."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """`now` is aware UTC; `elapsed` is seconds that also count while the process is frozen."""

    def now(self) -> datetime: ...

    def elapsed(self) -> float: ...
