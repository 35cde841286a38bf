"""One program in front of the town: as fast as it can, at a steady rate, or killed and started again.

Each run is a process of its own, and so is the program:
python -m benchmarks.peers_run MODE FOLDER COMMAND...    (prints its figures as JSON)
"""

import asyncio
import json
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from aiohttp import web

from benchmarks.common import ROOT, at, free_port
from benchmarks.peers_talk import Turn
from benchmarks.peers_town import Town

TOKEN = "424242:" + "B" * 35
CROWD = 100  # everybody at once, as fast as they are answered
RATE, SECONDS, THINKS = 100, 10.0, 1.0  # messages a second; each person thinks a while
KILL_RATE, KILL_SAID, MOST_PEOPLE = 40, 400, 250
# How many messages people have sent since it was started, what has just happened, and how many
# they send while it is down.
KILLS = (
    (60, "accepted", 0), (60, "answered", 0), (60, "handed", 0), (60, "confirmed", 30),
    (40, "accepted", 0),
)  # fmt: skip
PATIENCE = 70.0  # seconds without any answer: longer than the lease of a message of ours
AGAIN_PATIENCE = 5.0


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
        async with asyncio.timeout(60):
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


class Killer:
    """Kills the program at fixed points, and starts it again each time."""

    def __init__(self, town: Town, program: Program) -> None:
        self._town = town
        self._program = program
        self._since = 0  # what had been said when it was started
        self.left = list(KILLS)
        self.dead = asyncio.Event()
        town.told = self._told

    def _told(self, moment: str) -> None:
        if self.dead.is_set() or not self.left:
            return
        after, when, _ = self.left[0]
        if self._town.count.said - self._since >= after and moment == when:
            self._program.kill()
            self.dead.set()

    async def revive(self) -> None:
        while True:
            await self.dead.wait()
            await self._program.gone()
            self._since = self._town.count.said
            for _ in range(self.left.pop(0)[2]):
                self._town.speak(self._town.next_ready() or self._town.newcomer())
            await self._program.start()
            self.dead.clear()


async def killed(town: Town, program: Program) -> dict[str, Any]:
    """Killed under a steady load and started again; in the end everybody finishes their talk."""
    killer = Killer(town, program)
    async with asyncio.TaskGroup() as group:
        nurse = group.create_task(killer.revive())
        async with asyncio.timeout(300):
            while killer.left or town.count.said < KILL_SAID:
                await asyncio.sleep(1 / KILL_RATE)
                if not killer.dead.is_set():
                    _somebody(town, MOST_PEOPLE)
        await _finish(town, PATIENCE)
        said, unanswered = town.count.said, [one for one in town.people if one.waiting]
        for one in unanswered:  # they try once more: is their talk still there?
            town.speak(one)
        await _finish(town, AGAIN_PATIENCE)
        nurse.cancel()
    return {
        "said": said, "people": len(town.people), "unanswered": len(unanswered),
        "back": sum(one.back or one.waiting for one in town.people),
        "repeats": town.count.repeats, "labelled": town.count.labelled,
        "slowest": max(town.count.took),
    }  # fmt: skip


async def _beat(town: Town, rate: int, seconds: float) -> None:
    """Each beat somebody speaks."""
    began = time.perf_counter()
    for n in range(int(rate * seconds)):
        await asyncio.sleep(max(began + n / rate - time.perf_counter(), 0))
        _somebody(town, int(rate * seconds))


def _somebody(town: Town, most: int) -> None:
    """Who has thought longest, or a newcomer while there are not too many."""
    one = town.next_ready() or (town.newcomer() if len(town.people) < most else None)
    if one is not None:
        town.speak(one)


async def _finish(town: Town, patience: float) -> None:
    """Everybody goes on until all have ended, or nobody is answered any more."""
    quiet = time.perf_counter()
    while town.thinking() or any(one.waiting for one in town.people):
        while (one := town.next_ready()) is not None:
            town.speak(one)
        if town.thinking():
            quiet = time.perf_counter()
        if time.perf_counter() - quiet > patience:
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
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # the killed break off
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
