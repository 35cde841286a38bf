"""Secret codes cannot be guessed quickly, and who knows the right one is never kept out (F47)."""

from datetime import timedelta

from cases.codes import access_code
from cases.model import Role
from handlers.reporter.menu import GUESSES, GUESSES_IN_ALL, SLOW
from tests.support import database

WRONG = "Mã riêng này không đúng. Xin xem lại; nếu gấp, xin gọi 111 hoặc 113."


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
