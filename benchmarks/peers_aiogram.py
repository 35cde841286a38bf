"""The report wizard in aiogram: a router over states, kept by aiogram-fsm-sqlitestorage.

As the library's own guide sets it up, and one message of a person after the other.
Runs in .venv-peers: python benchmarks/peers_aiogram.py URL TOKEN FOLDER
"""

import asyncio
import json
import logging
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import SimpleEventIsolation
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from aiogram_fsm_sqlitestorage import SQLiteStorage

Handler = Callable[[Message | CallbackQuery, Bot, FSMContext], Awaitable[None]]


def _keys(message: dict[str, Any], n: int) -> Any:
    if message["ask"]:
        key = KeyboardButton(text=message["choices"][0][1], request_location=True)
        return ReplyKeyboardMarkup(keyboard=[[key]], one_time_keyboard=True, resize_keyboard=True)
    rows = [[InlineKeyboardButton(text=label, callback_data=f"{n}:{option}")]
            for option, label in message["choices"]]  # fmt: skip
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else ReplyKeyboardRemove()


def _step(turns: list[dict[str, Any]], states: list[State], n: int) -> Handler:
    """The handler of the n-th thing a person says: keep it, put the next question."""

    async def answered(event: Message | CallbackQuery, bot: Bot, state: FSMContext) -> None:
        pressed = isinstance(event, CallbackQuery)
        if pressed:
            await event.answer()
        await state.update_data({str(n): event.data if pressed else event.text})
        await state.set_state(states[n + 1] if n + 1 < len(turns) else None)
        for message in turns[n]["heard"]:
            await bot.send_message(
                event.from_user.id, message["text"], reply_markup=_keys(message, n)
            )

    return answered


def _router(turns: list[dict[str, Any]]) -> Router:
    group = type(StatesGroup)(
        "Report", (StatesGroup,), {f"q{n}": State() for n in range(len(turns))}
    )
    states, router = list(group.__all_states__), Router()
    router.message.register(_step(turns, states, 0), StateFilter(None), F.text)
    for n in range(1, len(turns)):
        router.message.register(_step(turns, states, n), states[n], F.text)
        router.callback_query.register(_step(turns, states, n), states[n])
    return router


async def main(url: str, token: str, folder: Path) -> None:
    """Poll until told to stop."""
    logging.getLogger().setLevel(logging.WARNING)  # the storage turns every update's line on
    turns = json.loads((folder / "talk.json").read_text(encoding="utf-8"))
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    dispatcher = Dispatcher(
        storage=SQLiteStorage(str(folder / "report.db")), events_isolation=SimpleEventIsolation()
    )
    dispatcher.include_router(_router(turns))
    await dispatcher.start_polling(Bot(token, session=session))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
