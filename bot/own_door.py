"""The program as a client of its own pages, at the address that people have: for the daily rehearsal."""

from typing import Any

import httpx

from handlers.watching.rehearsal import DoorShut

PATIENCE = 15.0  # seconds for one call


class OwnDoor:
    """Through name, certificate, proxy and guard like anybody. No proxy of the environment is used."""

    def __init__(self, address: str) -> None:
        self.address = address

    async def open(self, start: str) -> str:
        """A new session; the token that opens it. Raises DoorShut."""
        answer = await self._call("POST", "/api/chat/sessions", 201, "", {"start": start})
        return str(answer["token"])

    async def say(self, token: str, message: dict[str, str]) -> None:
        """Raises DoorShut unless it was taken, or known already."""
        await self._call("POST", "/api/chat/messages", 202, token, message)

    async def read(self, token: str) -> list[dict[str, Any]]:
        """Everything said to this session. Raises DoorShut."""
        answer = await self._call("GET", "/api/chat/messages?after=0", 200, token)
        return list(answer["messages"])

    async def _call(
        self, method: str, path: str, wanted: int, token: str, body: dict[str, str] | None = None
    ) -> dict[str, Any]:
        headers = {"User-Agent": "-", **({"Authorization": f"Bearer {token}"} if token else {})}
        try:
            async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
                url = f"{self.address.rstrip('/')}{path}"
                answer = await client.request(method, url, headers=headers, json=body)
                if answer.status_code != wanted:
                    raise DoorShut(f"status {answer.status_code}")
                found = answer.json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise DoorShut(type(error).__name__) from error
        if not isinstance(found, dict) or not ({"token", "accepted", "messages"} & found.keys()):
            raise DoorShut("another page answers there")
        return found
