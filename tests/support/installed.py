"""Where an installation of a test keeps its things: the same for the test and for its processes."""


def settings(folder):
    return {
        "ANNHI_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/annhi.db",
        "ANNHI_KEY_FILE": str(folder / "keys.json"),
        "ANNHI_JOURNAL_DIR": str(folder / "journal"),
    }
