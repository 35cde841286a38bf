"""A Telegram on loopback, the people who write through it, and one program that answers them.

Like the real one it gives an update out again and again until the next offset confirms it, and
then never again. It notes everything it accepts. Each run is a process of its own:

python -m benchmarks.peers_town MODE FOLDER COMMAND...    (prints its figures as JSON)
"""

import asyncio
import heapq
import json
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from aiohttp import web

from benchmarks.common import ROOT, at, free_port
from benchmarks.peers_talk import Turn, plain

TOKEN = "424242:" + "B" * 35
ME = {"id": 424242, "is_bot": True, "first_name": "An Nhi", "username": "bench_bot"}
AGAIN = "🔁"  # how our program begins what it may have sent before
FIRST = 1000  # the chat of the first person; below it are officers

CROWD = 100  # everybody at once, as fast as they are answered
RATE, SECONDS, THINKS = 100, 10.0, 1.0  # messages a second; each person thinks a while
KILL_RATE = 40
KILLS = (
    (100, "accepted"),
    (200, "answered"),
    (300, "handed"),
    (400, "confirmed"),
    (420, "accepted"),
)
KILL_SECONDS = 16.0
PATIENCE = 70.0  # seconds after the last start: longer than the lease of a message of ours
SOON = 0.004


@dataclass(slots=True)
class Person:
    """One talk. `step` is what they say next, or have said and wait for."""

    chat: int
    step: int = 0
    waiting: bool = False
    since: float = 0.0  # when they last said or heard something
    keys: dict[str, str] = field(default_factory=dict)  # label -> data of the newest buttons
    heard: list[str] = field(default_factory=list)
    back: bool = False


@dataclass(slots=True)
class Count:
    """What came of it all."""

    said: int = 0
    took: list[float] = field(default_factory=list)
    repeats: int = 0  # sent again, and nothing says so
    labelled: int = 0


class Town:
    """The people and their Telegram; `moments` are told what just happened, for whoever kills."""

    def __init__(self, turns: list[Turn], *, thinks: float) -> None:
        self.turns = turns
        self.thinks = thinks
        self.people: list[Person] = []
        self.count = Count()
        self.accepted = 0
        self.polled = asyncio.Event()
        self.told: Callable[[str], None] = lambda _: None
        self._updates: deque[tuple[int, str]] = deque()
        self._arrived = asyncio.Event()
        self._next = 1
        self._asks = {turn.asks: n for n, turn in enumerate(turns)}
        self._ready: list[tuple[float, int]] = []

    # What people do.

    def newcomer(self) -> Person:
        self.people.append(Person(FIRST + len(self.people)))
        return self.people[-1]

    def next_ready(self) -> Person | None:
        """Whoever has thought longest about their answer, if anybody has thought enough."""
        while self._ready and self._ready[0][0] <= time.perf_counter():
            one = self.people[heapq.heappop(self._ready)[1] - FIRST]
            if one.step < len(self.turns):
                return one
        return None

    def thinking(self) -> bool:
        return bool(self._ready)

    def speak(self, one: Person) -> None:
        """Say what comes next in the talk."""
        said, n = self.turns[one.step].said, self._next
        person = {"id": one.chat, "is_bot": False, "first_name": "x", "language_code": "vi"}
        chat = {"id": one.chat, "type": "private", "first_name": "x"}
        message: dict[str, Any] = {"message_id": n, "date": int(time.time()), "chat": chat}
        if said.startswith("["):
            data = one.keys.get(said.strip("[]"), "-")
            body: dict[str, Any] = {"callback_query": {
                "id": str(n), "from": person, "chat_instance": "1", "data": data,
                "message": {**message, "from": ME, "text": "x"},
            }}  # fmt: skip
        else:
            body = {"message": {**message, "from": person, "text": said}}
        self._next += 1
        self.count.said += 1
        one.waiting, one.since = True, time.perf_counter()
        self._updates.append((n, json.dumps({"update_id": n, **body})))
        self._arrived.set()

    def _hears(self, one: Person, text: str, keys: dict[str, str]) -> None:
        """Somebody reads what they were sent, and knows what it asks."""
        again, text = text.startswith(AGAIN), plain(text)
        asks = self._asks.get(text.rsplit("\n\n", 1)[-1])
        self.count.labelled += again
        if asks is None:
            self.count.repeats += text in one.heard and not again and not one.back
        elif not (again and asks < one.step):  # else it is known already, and says so
            self._asked(one, asks, keys)
        one.heard.append(text)

    def _asked(self, one: Person, asks: int, keys: dict[str, str]) -> None:
        """A question. Whoever waits for none gets a second answer to the same message."""
        if one.waiting:
            self.count.took.append(time.perf_counter() - one.since)
            one.back = one.back or asks < one.step
        self.count.repeats += not one.waiting or asks > one.step
        waited, one.waiting = one.waiting, False
        one.step, one.keys = asks + 1, keys or one.keys
        if waited:
            self._think(one)

    def _think(self, one: Person) -> None:
        if one.step == len(self.turns):
            return
        if self.thinks:
            heapq.heappush(self._ready, (time.perf_counter() + self.thinks, one.chat))
        else:
            self.speak(one)

    # What Telegram does.

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        method = request.path.rsplit("/", 1)[-1]
        fields = await _fields(request)
        result, moment = await self._result(method, fields, request)
        body = '{"ok":true,"result":' + result + "}"
        response = web.Response(text=body, content_type="application/json")
        if moment:
            asyncio.get_running_loop().call_later(SOON, self.told, moment)
        return response

    async def _result(
        self, method: str, fields: dict[str, Any], request: web.BaseRequest
    ) -> tuple[str, str]:
        if method == "getMe":
            return json.dumps(ME), ""
        if method == "getUpdates":
            return await self._give(fields, request)
        if method in ("sendMessage", "editMessageText"):
            return self._accept(fields, new=method == "sendMessage"), "answered"
        return "true", ""

    async def _give(self, fields: dict[str, Any], request: web.BaseRequest) -> tuple[str, str]:
        self._confirm(int(fields.get("offset") or 0))
        self.polled.set()
        if not self._updates:
            self._arrived.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(float(fields.get("timeout") or 0)):
                    await self._arrived.wait()
        gone = request.transport is None or request.transport.is_closing()
        batch = [] if gone else [text for _, text in islice(self._updates, 100)]
        return "[" + ",".join(batch) + "]", "handed" if batch else ""

    def _confirm(self, offset: int) -> None:
        before = len(self._updates)
        while self._updates and self._updates[0][0] < offset:
            self._updates.popleft()
        if len(self._updates) < before:
            self.told("confirmed")

    def _accept(self, fields: dict[str, Any], *, new: bool) -> str:
        self.accepted += 1
        chat, text = int(fields["chat_id"]), str(fields["text"])
        if new and chat >= FIRST:
            self._hears(self.people[chat - FIRST], text, _keys(fields.get("reply_markup")))
        self.told("accepted")
        here = {"id": chat, "type": "private"}
        number = int(fields.get("message_id") or 1_000_000 + self.accepted)
        return json.dumps({"message_id": number, "date": 1, "chat": here, "text": text})


def _keys(markup: Any) -> dict[str, str]:
    rows = json.loads(markup or "{}").get("inline_keyboard", [])
    return {key["text"]: key["callback_data"] for row in rows for key in row}


async def _fields(request: web.BaseRequest) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    return dict(await request.post())


class Program:
    """The one that answers: started, killed, started again; what it costs is read from /proc."""

    def __init__(self, command: list[str], folder: Path, url: str, polled: asyncio.Event) -> None:
        self._command = [*command, url, TOKEN, str(folder)]
        self._folder = folder
        self._polled = polled
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Until it asks for updates."""
        self._polled.clear()
        ports = {f"ANNHI_{name}_PORT": str(free_port()) for name in ("HTTP", "ADMIN")}
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **ports}
        with (self._folder / "log.txt").open("a") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command, cwd=self._folder, env=env, stdout=log, stderr=log
            )
        async with asyncio.timeout(30):
            await self._polled.wait()

    def kill(self) -> None:
        self._one().send_signal(signal.SIGKILL)

    async def gone(self) -> None:
        await self._one().wait()

    def cpu(self) -> float:
        """Seconds in user and system, so far."""
        stat = Path(f"/proc/{self._one().pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """The most it ever held, in MB."""
        lines = Path(f"/proc/{self._one().pid}/status").read_text().splitlines()
        return int(next(one for one in lines if one.startswith("VmHWM")).split()[1]) // 1024

    def _one(self) -> asyncio.subprocess.Process:
        assert self._process is not None
        return self._process


async def fast(town: Town, program: Program) -> dict[str, Any]:
    """Everybody at once, each as fast as they are answered."""
    cpu, began = program.cpu(), time.perf_counter()
    for _ in range(CROWD):
        town.speak(town.newcomer())
    await _until(lambda: all(one.step == len(town.turns) for one in town.people), 120)
    took = time.perf_counter() - began
    turns = CROWD * len(town.turns)
    return {
        "rate": turns / took, "cpu": (program.cpu() - cpu) / turns * 1000,
        "memory": program.memory(), "heard": town.people[0].heard,
    }  # fmt: skip


async def steady(town: Town, program: Program) -> dict[str, Any]:
    """A fixed number of messages a second, whether or not the earlier ones are answered."""
    await _beat(town, RATE, SECONDS)
    await _until(lambda: not any(one.waiting for one in town.people), 20)
    missing = sum(one.waiting for one in town.people)
    took = [*town.count.took, *[20.0] * missing]
    return {"p50": at(took, 0.5), "p99": at(took, 0.99), "missing": missing}


async def killed(town: Town, program: Program) -> dict[str, Any]:
    """Killed at fixed points under a steady load and started again; everybody then ends their talk."""
    left = list(KILLS)
    dead = asyncio.Event()

    def told(moment: str) -> None:
        if left and not dead.is_set() and town.accepted >= left[0][0] and moment == left[0][1]:
            left.pop(0)
            program.kill()
            dead.set()

    async def revive() -> None:
        for _ in KILLS:
            await dead.wait()
            await program.gone()
            await program.start()
            dead.clear()

    town.told = told
    async with asyncio.TaskGroup() as group:
        group.create_task(revive())
        group.create_task(_beat(town, KILL_RATE, KILL_SECONDS))
    await _finish(town, PATIENCE)
    said, unanswered = town.count.said, [one for one in town.people if one.waiting]
    for one in unanswered:  # they try once more: is their talk still there?
        town.speak(one)
    await _finish(town, 5)
    lost = sum(one.back or one.waiting for one in town.people)
    return {
        "said": said, "people": len(town.people), "unanswered": len(unanswered),
        "back": lost, "repeats": town.count.repeats, "labelled": town.count.labelled,
        "slowest": max(town.count.took), "kills": len(KILLS) - len(left),
    }  # fmt: skip


async def _beat(town: Town, rate: int, seconds: float) -> None:
    """Each beat somebody speaks: who has thought longest, or a newcomer."""
    began = time.perf_counter()
    for n in range(int(rate * seconds)):
        await asyncio.sleep(max(began + n / rate - time.perf_counter(), 0))
        town.speak(town.next_ready() or town.newcomer())


async def _finish(town: Town, patience: float) -> None:
    """Everybody goes on until nobody is answered any more."""
    quiet = time.perf_counter()
    while town.thinking() or any(one.waiting for one in town.people):
        if (one := town.next_ready()) is not None:
            town.speak(one)
            quiet = time.perf_counter()
        elif not town.thinking() and time.perf_counter() - quiet > patience:
            return
        await asyncio.sleep(1 / KILL_RATE)


async def _until(true: Callable[[], bool], seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not true():
                await asyncio.sleep(0.005)


async def main(mode: str, folder: Path, command: list[str]) -> None:
    """One run; its figures on standard output."""
    turns = [
        Turn(one["said"], one["heard"], one["asks"])
        for one in json.loads((folder / "talk.json").read_text(encoding="utf-8"))
    ]
    town = Town(turns, thinks=0.0 if mode == "fast" else THINKS)
    runner = web.ServerRunner(web.Server(town.answer), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    program = Program(command, folder, url, town.polled)
    await program.start()
    try:
        work = {"fast": fast, "steady": steady, "killed": killed}[mode]
        print(json.dumps(await work(town, program), ensure_ascii=False))
    finally:
        program.kill()
        await program.gone()
        await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:]))
