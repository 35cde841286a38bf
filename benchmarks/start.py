"""From `python -m bot run` to an answer, and the memory it takes."""

import asyncio
import os
import re
import signal
import socket
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.common import Figure

ROOT = Path(__file__).parents[1]


async def measure() -> list[Figure]:
    with TemporaryDirectory(prefix="annhi-bench-", dir=Path.cwd()) as name:
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT),
               "ANNHI_HTTP_PORT": str(_port()), "ANNHI_ADMIN_PORT": str(_port())}  # fmt: skip
        await _run(Path(name), env)  # the first start makes keys and schema
        took, memory = await _run(Path(name), env)
    return [
        Figure("start until /healthz answers", f"{took:.2f} s", "2 s"),
        Figure("memory after the start", f"{memory} MB", "150 MB"),
    ]


async def _run(folder: Path, env: dict[str, str]) -> tuple[float, int]:
    began = time.perf_counter()
    run = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=env, stdout=asyncio.subprocess.DEVNULL
    )
    port = int(env["ANNHI_ADMIN_PORT"])
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /healthz HTTP/1.0\r\n\r\n")
            if b"200" in await reader.readline():
                break
        except OSError:
            await asyncio.sleep(0.01)
    took = time.perf_counter() - began
    status = Path(f"/proc/{run.pid}/status").read_text()
    run.send_signal(signal.SIGTERM)
    await run.wait()
    return took, int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) // 1024


def _port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
