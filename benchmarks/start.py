"""From `python -m bot run` to an answer, and the memory it takes."""

import asyncio
import os
import re
import signal
import sys
import time
from pathlib import Path

from benchmarks.common import ROOT, Figure, free_port, scratch

TIMES = 3
SOON = 2  # seconds
MOST = 150  # MB


async def measure() -> list[Figure]:
    with scratch() as folder:
        env = environment()
        first, _ = await once(folder, env)  # makes keys and schema
        runs = [await once(folder, env) for _ in range(TIMES)]
    took, memory = (max(values) for values in zip(*runs, strict=True))
    return [
        Figure("very first start, keys and schema made", f"{first:.2f} s"),
        Figure(f"start until /healthz answers, worst of {TIMES}", f"{took:.2f} s",
               f"{SOON} s", took < SOON),
        Figure("memory after the start", f"{memory} MB", f"{MOST} MB", memory < MOST),
    ]  # fmt: skip


def environment() -> dict[str, str]:
    """Ports of its own, and nothing set but them."""
    ports = {f"ANNHI_{name}_PORT": str(free_port()) for name in ("HTTP", "ADMIN")}
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **ports}


async def once(folder: Path, env: dict[str, str]) -> tuple[float, int]:
    """Seconds until it answers, and megabytes then."""
    began = time.perf_counter()
    run = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=env, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(30):
            await _answers(int(env["ANNHI_ADMIN_PORT"]))
        took = time.perf_counter() - began
        status = Path(f"/proc/{run.pid}/status").read_text()
    finally:
        run.send_signal(signal.SIGTERM)
        await run.wait()
    return took, int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) // 1024


async def _answers(port: int) -> None:
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /healthz HTTP/1.0\r\n\r\n")
            line = await reader.readline()
            writer.close()
        except OSError:
            line = b""
        if b"200" in line:
            return
        await asyncio.sleep(0.01)
