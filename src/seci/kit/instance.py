"""Where an instance lives and how it is set, read from the environment once."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from seci.kit.errors import BadInput


@dataclass(frozen=True, slots=True)
class Instance:
    """One SECI installation: its data folder and its database.

    data      SECI_DATA_DIR, default the user's data folder (XDG_DATA_HOME/seci, Library/Application Support/seci)
    database  SECI_DATABASE_URL, default SQLite inside `data`; postgresql://user:password@host:port/name otherwise
    """

    data: Path
    database: str

    @classmethod
    def from_environment(cls) -> Instance:
        data = Path(os.environ.get("SECI_DATA_DIR") or default_data_folder()).expanduser().absolute()
        return cls(data=data, database=os.environ.get("SECI_DATABASE_URL", ""))

    @property
    def noted_address(self) -> Path:
        """The file in which `seci up` notes its address, for the links that other commands print."""
        return self.data / "address"

    def address(self) -> str:
        """What people type: SECI_PUBLIC_URL, or where it was served last."""
        noted = self.noted_address.read_text().strip() if self.noted_address.is_file() else ""
        return os.environ.get("SECI_PUBLIC_URL") or noted or "http://127.0.0.1:8000"

    @property
    def evidence(self) -> Path:
        return self.data / "evidence"

    @property
    def segments(self) -> Path:
        return self.data / "segments"

    @property
    def sqlite_file(self) -> Path | None:
        """The database file, or None where a server keeps the data."""
        settings = self.django_database()
        return Path(str(settings["NAME"])) if str(settings["ENGINE"]).endswith("sqlite3") else None

    def django_database(self) -> dict[str, object]:
        """The Django settings of the database. Raises BadInput for a URL of another kind."""
        if not self.database:
            return sqlite(self.data / "seci.sqlite3")
        url = urlsplit(self.database)
        if url.scheme == "sqlite":
            return sqlite(Path(unquote(url.path)))
        if url.scheme in {"postgresql", "postgres"}:
            options: dict[str, object] = dict(parse_qsl(url.query))
            host = options.pop("host", None) or url.hostname or ""
            return {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(url.path.lstrip("/")),
                "USER": unquote(url.username or ""),
                "PASSWORD": unquote(url.password or ""),
                "HOST": host,
                "PORT": str(url.port or ""),
                "CONN_MAX_AGE": 60,
                "OPTIONS": options,
            }
        raise BadInput(
            f"SECI_DATABASE_URL begins with {url.scheme}:, which is not a database SECI can use; "
            "give sqlite:///path or postgresql://user:password@host/name."
        )


def sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            # A deferred transaction that reads before it writes fails at once when another writer commits
            # in between, however long the busy timeout; IMMEDIATE makes it wait its turn.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
        },
    }


def default_data_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "seci"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "seci"
