"""The command line. Importing this module imports no framework: `seci --help` answers at once."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from seci import __version__
from seci.kit.errors import SeciError

COMMANDS: dict[str, tuple[str, str]] = {
    "backup": ("seci.ledger.commands:backup", "Write the whole instance into one file."),
    "digest": ("", ""),
}
