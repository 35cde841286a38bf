"""ANNHI_* and *_FILE become one frozen Config; unknown names and bad values are refused."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import (
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, DotEnvSettingsSource, SettingsConfigDict

PREFIX = "ANNHI_"
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # what Telegram takes


class BadSettings(Exception):
    """The settings cannot be used; one sentence per problem."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Config(BaseSettings):
    """Every setting of INTERFACES.md section 2, read once at the start."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    env: Literal["production", "demo"] = "production"
    database_url: str = "sqlite+aiosqlite:///var/annhi.db"
    http_host: str = "127.0.0.1"
    http_port: int = Field(8080, ge=0, le=65535)
    admin_port: int = Field(9090, ge=0, le=65535)
    public_url: str = ""
    key_file: Path = Path("var/keys.json")
    telegram_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_webhook_secret: SecretStr = SecretStr("")
    zalo_bot_token: SecretStr = SecretStr("")
    zalo_bot_api_url: str = "https://bot-api.zaloplatforms.com"
    zalo_bot_mode: Literal["polling", "webhook"] = "webhook"
    zalo_bot_webhook_secret: SecretStr = SecretStr("")
    zalo_oa_app_id: str = ""
    zalo_oa_app_secret: SecretStr = SecretStr("")
    zalo_oa_secret_key: SecretStr = SecretStr("")
    zalo_oa_api_url: str = "https://openapi.zalo.me"
    zalo_oa_oauth_url: str = "https://oauth.zaloapp.com"
    zalo_oa_template: str = ""
    zalo_bot_monthly_quota: int | None = Field(None, ge=1)
    zalo_oa_monthly_quota: int | None = Field(None, ge=1)
    zalo_media_hosts: str = ""
    journal_dir: Path = Path("var/journal")
    backup_dir: Path = Path("var/backup")
    languages_dir: Path | None = None
    exit_url: str = "https://www.google.com/"
    heartbeat_url: str = ""
    access_log: bool = False
    time_scale: float = Field(1.0, gt=0, le=100_000)

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not value.startswith(("sqlite+aiosqlite:///", "postgresql+psycopg://")):
            raise ValueError("must begin with sqlite+aiosqlite:/// or postgresql+psycopg://")
        return value

    @field_validator("public_url")
    @classmethod
    def _site(cls, value: str) -> str:
        if value:
            found = _web_address(value)
            if found.path not in ("", "/") or found.query or found.fragment or found.username:
                raise ValueError("must be an address without a path, like https://annhi.example")
        return value

    @field_validator("exit_url", "heartbeat_url")
    @classmethod
    def _elsewhere(cls, value: str, info: ValidationInfo) -> str:
        if value or info.field_name == "exit_url":  # without a heartbeat the doctor warns
            _web_address(value)
        return value

    @field_validator("languages_dir")
    @classmethod
    def _folder(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError("must be a folder with languages: ktv.ftl, or ktv/ with .ftl files")
        return value

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _takeable(cls, value: SecretStr) -> SecretStr:
        secret = value.get_secret_value()
        if secret and not _WEBHOOK_SECRET.fullmatch(secret):
            raise ValueError("must be 1 to 256 letters, digits, _ or -, or Telegram refuses it")
        return value

    @field_validator("zalo_bot_webhook_secret")
    @classmethod
    def _zalo_takes(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not 8 <= len(value.get_secret_value()) <= 256:
            raise ValueError("must have 8 to 256 characters, or Zalo refuses it")
        return value

    @field_validator("zalo_bot_api_url", "zalo_oa_api_url", "zalo_oa_oauth_url")
    @classmethod
    def _platform(cls, value: str) -> str:
        _web_address(value)
        return value

    @model_validator(mode="after")
    def _together(self) -> "Config":
        if self.time_scale != 1 and self.env != "demo":
            raise ValueError("ANNHI_TIME_SCALE works only with ANNHI_ENV=demo")
        for name in ("telegram", "zalo_bot"):
            if getattr(self, f"{name}_token").get_secret_value():
                self._can_be_knocked_at(name)
        if self.zalo_oa_app_id:
            for name in ("zalo_oa_app_secret", "zalo_oa_secret_key"):
                if not getattr(self, name).get_secret_value():
                    raise ValueError(f"{PREFIX}ZALO_OA_APP_ID needs {PREFIX}{name.upper()}")
        return self

    def _can_be_knocked_at(self, name: str) -> None:
        """A webhook needs a secret of its own and an address that others reach."""
        if getattr(self, f"{name}_mode") != "webhook":
            return
        mode = f"{PREFIX}{name.upper()}_MODE=webhook"
        if not getattr(self, f"{name}_webhook_secret").get_secret_value():
            raise ValueError(f"{mode} needs {PREFIX}{name.upper()}_WEBHOOK_SECRET")
        if not self.public_url:
            raise ValueError(f"{mode} needs {PREFIX}PUBLIC_URL")

    @property
    def database_file(self) -> Path | None:
        """The file of SQLite; None for PostgreSQL."""
        if not self.database_url.startswith("sqlite"):
            return None
        return Path(self.database_url.split(":///", 1)[1]).resolve()

    @property
    def database_folder(self) -> Path | None:
        """Where SQLite keeps its files; None for PostgreSQL."""
        return self.database_file.parent if self.database_file is not None else None

    def silent(self) -> "Config":
        """Without any messenger: what real people write there must not end in a scratch database."""
        nobody = SecretStr("")
        tokens = {"telegram_token": nobody, "zalo_bot_token": nobody, "zalo_oa_app_id": ""}
        return self.model_copy(update=tokens)

    @property
    def demo(self) -> bool:
        """Whether every message and page says that this is a trial."""
        return self.env == "demo"


def _web_address(text: str) -> SplitResult:
    """The parts of an http(s) address. Raises ValueError with the sentence."""
    try:
        found = urlsplit(text)
        known = found.scheme in ("http", "https") and bool(found.hostname) and found.port != 0
    except ValueError:  # a bracket too many, a port that is no number
        known = False
    if not known or any(sign <= " " for sign in text):
        raise ValueError("must be a web address that begins with https:// or http://")
    return found


def load(environ: Mapping[str, str] | None = None, dotenv: Path = Path(".env")) -> Config:
    """The settings of this process. Raises BadSettings with every problem found at once."""
    known = {f"{PREFIX}{name.upper()}" for name in Config.model_fields}
    own = os.environ if environ is None else environ  # noqa: TID251 — the one place
    given = _given(own, dotenv)
    problems: list[str] = []
    values: dict[str, str] = {}
    for name, value in given.items():
        plain = name.removesuffix("_FILE") if name not in known else name
        if plain not in known:
            problems.append(f"{name} is not a setting of this program.")
        elif plain != name:
            _from_file(plain, value, values, problems)
        else:
            values[name] = value
    fields = {name.removeprefix(PREFIX).lower(): value for name, value in values.items()}
    try:
        config = Config.model_validate(fields)
    except ValidationError as error:
        problems += [_sentence(dict(one)) for one in error.errors(include_input=False)]
    if problems:
        raise BadSettings(problems)
    return config


def _given(environ: Mapping[str, str], dotenv: Path) -> dict[str, str]:
    source = DotEnvSettingsSource(Config, env_file=dotenv, case_sensitive=True)
    from_file = {name.upper(): value or "" for name, value in source.env_vars.items()}
    both = {**from_file, **environ}
    return {name: value for name, value in both.items() if name.startswith(PREFIX)}


def _from_file(name: str, path: str, values: dict[str, str], problems: list[str]) -> None:
    try:
        values[name] = Path(path).read_text(encoding="utf-8").strip()
    except OSError:
        problems.append(f"{name}_FILE names a file that cannot be read.")


def _sentence(error: dict[str, Any]) -> str:
    where = error["loc"]
    name = f"{PREFIX}{str(where[0]).upper()}: " if where else ""
    return f"{name}{str(error['msg']).removeprefix('Value error, ')}."
