"""The report wizard in python-telegram-bot: a ConversationHandler kept by PicklePersistence.

As the library's own guide sets it up: one persistent conversation, everything else left as it is.
Runs in .venv-peers: python benchmarks/peers_ptb.py URL TOKEN FOLDER
"""

import json
import sys
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)
from telegram.warnings import PTBUserWarning

Context = ContextTypes.DEFAULT_TYPE
Handler = Callable[[Update, Context], Awaitable[int]]
WORDS = filters.TEXT & ~filters.COMMAND


def _keys(message: dict[str, Any], n: int) -> Any:
    if message["ask"]:
        key = KeyboardButton(message["choices"][0][1], request_location=True)
        return ReplyKeyboardMarkup([[key]], one_time_keyboard=True, resize_keyboard=True)
    rows = [[InlineKeyboardButton(label, callback_data=f"{n}:{option}")]
            for option, label in message["choices"]]  # fmt: skip
    return InlineKeyboardMarkup(rows) if rows else ReplyKeyboardRemove()


def _step(turns: list[dict[str, Any]], n: int) -> Handler:
    """The handler of the n-th thing a person says: keep it, put the next question."""

    async def answered(update: Update, context: Context) -> int:
        query = update.callback_query
        if query is not None:
            await query.answer()
        assert context.user_data is not None
        context.user_data[n] = query.data if query is not None else update.message.text
        for message in turns[n]["heard"]:
            await update.effective_chat.send_message(
                message["text"], reply_markup=_keys(message, n)
            )
        return ConversationHandler.END if n + 1 == len(turns) else n + 1

    return answered


def main(url: str, token: str, folder: Path) -> None:
    """Poll until told to stop."""
    turns = json.loads((folder / "talk.json").read_text(encoding="utf-8"))
    warnings.filterwarnings("ignore", category=PTBUserWarning)  # buttons in a talk per person
    steps = {
        n: [CallbackQueryHandler(_step(turns, n)), MessageHandler(WORDS, _step(turns, n))]
        for n in range(1, len(turns))
    }
    report = ConversationHandler(
        entry_points=[MessageHandler(WORDS, _step(turns, 0))], states=steps, fallbacks=[],
        name="report", persistent=True,
    )  # fmt: skip
    kept = PicklePersistence(filepath=folder / "report.pickle")
    app = Application.builder().token(token).base_url(f"{url}/bot").persistence(kept).build()
    app.add_handler(report)
    app.run_polling(allowed_updates=["message", "callback_query"])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
