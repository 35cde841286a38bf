"""Secret codes cannot be guessed quickly, and who knows the right one is never kept out (F47)."""

from contextlib import contextmanager
from datetime import timedelta

import pytest

from bot.channels.memory import raw_of
from bot.commands.setup import make_invitation
from cases.codes import access_code, invitation
from cases.limits import LIMITS
from cases.model import Role
from storage.records.people import Invite
from storage.tx import Tx
from tests.support import database

GUESSES, GUESSES_IN_ALL = LIMITS["access_codes"].most, LIMITS["access_codes_all"].most
SLOW = LIMITS["access_codes"].wait
WRONG = "Mã riêng này không đúng. Xin xem lại; nếu gấp, xin gọi 111 hoặc 113."


@contextmanager
def statements():
    """Every statement from here on, as the database is asked."""
    asked, run = [], Tx.run

    async def noted(self, statement, /, **values):
        asked.append(str(statement))
        return await run(self, statement, **values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Tx, "run", noted)
        yield asked


async def turn_of(world, who, text, channel):
    """(what the database was asked, what was said) in the turn of one message."""
    raw = raw_of(world.message(who, channel, "text", text=text))
    admitted = world.channels[channel].admit({}, raw)
    await world.app.inbox.accept(channel, "site", admitted, raw)
    (row,) = await world.app.turns.next()
    with statements() as asked:
        await world.app.turns.handle(row)
    await world.settle()
    return asked, world.new(who, channel)


def guess(n):
    return f"{1000000000000000 + n}"


async def right_code(world):
    """Minh has filed a report; its secret code, and its case code."""
    await world.says("minh", "sos")
    await world.says("minh", "xã Đại Hiệp")
    async with world.app.kit.store.reading("test") as work:
        (case,) = await work.cases.all_cases()
        return access_code(world.app.kit.code_key, await work.cases.submission(case.id)), case.code


async def test_f47_from_the_sixth_wrong_code_on_an_address_waits_for_the_same_words(world):
    for n in range(GUESSES):
        await world.says("eve", guess(n))
        assert world.new("eve") == [WRONG]
    for n in range(3):
        await world.says("eve", guess(9 + n))
        assert world.new("eve") == []
    await world.pass_time(SLOW + timedelta(seconds=5))
    assert world.new("eve") == [WRONG] * 3
    await world.says("an", guess(1))  # somebody else does not wait
    assert world.new("an") == [WRONG]


async def test_f47_an_hour_later_the_answers_are_quick_again(world):
    for n in range(GUESSES + 1):
        await world.says("eve", guess(n))
    await world.pass_time(timedelta(hours=1, seconds=1))
    world.new("eve")
    await world.says("eve", guess(99))
    assert world.new("eve") == [WRONG]


async def test_f47_the_right_code_opens_at_once_however_many_were_wrong(world):
    code, name = await right_code(world)
    for n in range(GUESSES + 5):
        await world.says("mai", guess(n))
    world.new("mai")
    await world.says("mai", code)
    (answer,) = world.new("mai")
    assert name in answer


async def test_f47_many_addresses_together_are_slowed_and_administrators_hear_once_an_hour(world):
    code, name = await right_code(world)
    await world.staff("boss", Role.ADMIN, "", "telegram", "web")
    for n in range(GUESSES_IN_ALL):
        await world.says(f"eve{n // GUESSES}", guess(n))
    assert world.texts("boss", "telegram") == []
    await world.says("eve-last", guess(500))
    assert world.new("eve-last") == []
    await world.says("eve-more", guess(501))
    for channel in ("telegram", "web"):
        (told,) = world.texts("boss", channel)
        assert str(GUESSES_IN_ALL + 1) in told
        assert name not in told
    await world.says("mai", code)  # nobody with the right code is kept waiting
    assert name in world.new("mai")[0]
    await world.pass_time(SLOW + timedelta(seconds=5))
    assert world.new("eve-last") == [WRONG]


async def test_f47_the_same_is_asked_and_said_for_a_case_of_others_and_for_none(world):
    """No clock: the same questions to the database in the same order, and the same words."""
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    await world.staff("xa", Role.OFFICER, "20515", "telegram")
    _, foreign = await right_code(world)
    ways = [
        await turn_of(world, "xa", f"/vu {typed}", "telegram")
        for typed in (foreign, "7KQ4-2MDJ", "no code", foreign)
    ]
    assert ways[0] == ways[1] == ways[2] == ways[3]


async def test_f47_the_same_is_asked_for_every_wrong_secret_code(world):
    code, _ = await right_code(world)
    near = code[:-1] + str((int(code[-1]) + 1) % 10)
    for n in range(3):
        await world.says(f"eve{n}", "xin chào")
        world.new(f"eve{n}")
    ways = [
        await turn_of(world, f"eve{n}", typed, "web")
        for n, typed in enumerate((near, guess(1), guess(2)))
    ]
    assert ways[0] == ways[1] == ways[2]


async def test_f48_who_guesses_invitations_waits_and_administrators_hear_of_many(world):
    await world.staff("boss", Role.ADMIN, "", "telegram")
    few, many = LIMITS["invitations"], LIMITS["invitations_all"]
    for n in range(few.most):
        await world.says("eve", f"#{invitation(world.chance)}")
        assert "không dùng được" in world.new("eve")[0], n
    await world.says("eve", f"#{invitation(world.chance)}")
    assert world.new("eve") == []
    await world.pass_time(few.wait + timedelta(seconds=5))
    assert "không dùng được" in world.new("eve")[0]
    for n in range(many.most - few.most):
        await world.says(f"eve{n}", f"#{invitation(world.chance)}")
    (told,) = world.texts("boss", "telegram")
    assert str(many.most + 1) in told
    assert "mã mời" in told
    made = await make_invitation(world.app.kit.store, Invite(Role.OFFICER, "20500", (), ""))
    await world.says("eve-more", f"#{made.code}")  # who has a good one waits for nothing
    assert "đã nối với vai trò" in world.new("eve-more")[0]


async def test_f47_staff_who_try_case_codes_wait_and_administrators_hear(world):
    limit = LIMITS["case_codes"]
    await world.staff("boss", Role.ADMIN, "", "telegram")
    await world.staff("xa", Role.OFFICER, "20515", "telegram")
    await world.staff("lan", Role.OFFICER, "20500", "telegram")
    _, foreign = await right_code(world)
    world.new("xa", "telegram")
    said = set()
    for n in range(limit.most):
        await world.says("xa", f"/vu {foreign if n % 2 else '7KQ4-2MDJ'}", "telegram")
        said.update(world.new("xa", "telegram"))
    assert len(said) == 1  # there, and not there: the same
    assert world.texts("boss", "telegram") == []
    await world.says("xa", f"/vu {foreign}", "telegram")
    assert world.new("xa", "telegram") == []
    await world.pass_time(limit.wait + timedelta(seconds=2))
    assert set(world.new("xa", "telegram")) == said
    (told,) = world.texts("boss", "telegram")
    assert foreign not in told
    assert str(limit.most + 1) in told
    world.new("lan", "telegram")
    await world.says("lan", f"/vu {foreign}", "telegram")
    assert any(foreign in one for one in world.new("lan", "telegram"))


async def test_f47_a_case_code_opens_nothing_and_tells_nothing_to_who_is_no_staff(world):
    _, code = await right_code(world)
    heard = []
    for who, typed in (("eve", code), ("kim", "7KQ4-2MDJ")):
        await world.says(who, f"/vu {typed}")
        await world.says(who, typed)
        heard.append([one.replace(typed, "") for one in world.new(who)])
    assert heard[0] == heard[1]


@pytest.mark.sqlite("asks SQLite for its plan")
async def test_a_code_and_its_misses_are_found_by_an_index(world):
    path = world.app.config.database_url.split(":///")[1]
    with database.owner(path) as reader:
        plans = [
            str(reader.execute(f"EXPLAIN QUERY PLAN {query}").fetchall())
            for query in (
                "SELECT 1 FROM reporters WHERE access_hash = x'00'",
                "SELECT count(*) FROM audit WHERE act = 'access_refused' AND at > '2026'",
            )
        ]
    reader.close()
    assert "reporters_access" in plans[0]
    assert "audit_act" in plans[1]
