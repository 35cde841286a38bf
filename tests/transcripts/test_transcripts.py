"""Every Markdown file here is played; any difference to what happens now fails. `--rewrite` writes."""

from pathlib import Path

import pytest

from tests.support.player import Player

HERE = Path(__file__).parent
SORRY = (
    "chúng tôi chưa trả lời được",
    "we couldn't answer",
)  # error.sorry: a fault of ours, never a chat
FILES = sorted(HERE.rglob("*.md"))


@pytest.mark.parametrize("path", FILES, ids=[str(one.relative_to(HERE)) for one in FILES])
async def test_the_chat_is_as_written(path, tmp_path, request):
    player = Player(tmp_path)
    try:
        now = await player.play(path.read_text("utf-8"))
        async with player.world.app.kit.store.reading("check") as work:
            assert await work.audit.verify() == []
            for case in await work.cases.open_cases():
                assert await work.timers.armed(f"case:{case.id}"), f"{case.code} has no obligation"
    finally:
        await player.close()
    assert not any(words in now for words in SORRY)
    if request.config.getoption("--rewrite"):
        path.write_text(now, "utf-8")
    assert now == path.read_text("utf-8")
