"""A file that comes with its request: sealed piece by piece while it arrives, before its message is stored."""

from cases.messages import LARGEST_FILE, MediaRef
from handlers.casework.media import ALLOWED, HEAD, type_of
from storage.records.file_parts import ORIGINAL, PIECE, Part
from storage.store import Store


class NotTaken(Exception):
    """The file is refused: empty | type | too_big | full."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Upload:
    """One file on its way. Never more than two pieces of it are in memory."""

    def __init__(self, store: Store, room: int, *, voice: bool) -> None:
        self._store = store
        self._room = room
        self._voice = voice
        self._waiting = bytearray()
        self._size = self._pieces = 0
        self._mime = ""
        self.id = ""

    async def write(self, data: bytes) -> None:
        """The next bytes. Raises NotTaken as soon as that can be known, StorageBusy."""
        self._size += len(data)
        self._waiting += data
        if self._size > LARGEST_FILE:
            raise NotTaken("too_big")
        if self._size > self._room:
            raise NotTaken("full")
        if not self._mime and len(self._waiting) >= HEAD:
            self._know()
        while len(self._waiting) > PIECE:
            await self._store_piece(last=False)

    async def close(self) -> MediaRef:
        """Everything has come. Raises NotTaken, StorageBusy."""
        if not self._size:
            raise NotTaken("empty")
        if not self._mime:
            self._know()
        await self._store_piece(last=True)
        return MediaRef(ALLOWED[self._mime], self.id, mime=self._mime, size=self._size)

    async def forget(self) -> None:
        """Its message was known already, or the file was refused: what was stored goes again."""
        left = bool(self.id)
        while left:
            async with self._store.transaction("upload") as work:
                left = await work.file_parts.drop_one(self.id, ORIGINAL)

    def _know(self) -> None:
        self._mime = type_of(bytes(self._waiting[:HEAD]), voice=self._voice)
        if not self._mime:
            raise NotTaken("type")

    async def _store_piece(self, *, last: bool) -> None:
        body = bytes(self._waiting[:PIECE])
        async with self._store.transaction("upload") as work:
            self.id = self.id or work.new_id()
            await work.file_parts.put_ahead(self.id, Part(ORIGINAL, self._pieces, last, body))
            work.leave_piece(self.id, Part(ORIGINAL, self._pieces, last, body))
        del self._waiting[:PIECE]
        self._pieces += 1
