"""What is said to a person when something is not possible."""


class Refused(Exception):
    """A rule says no. `key` names the sentence (`error.not_now`), `values` fill it in."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values_ = values


class Conflict(Refused):
    """Somebody else was faster."""
