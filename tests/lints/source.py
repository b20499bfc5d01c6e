"""What every lint needs: the modules of SECI as syntax trees, findings that teach, and escapes with a reason.

A line is let through by `# allow <lint>: <why>` on it or on the line above. An escape without a reason is none.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
SRC = REPOSITORY / "src" / "seci"

# Files with these names touch the world; every other name is a noun of the field and stays pure.
MODELS_TO_SERVICES = {"models", "store", "access", "queries", "services", "tasks", "schemas"}
DOORS = {"pages", "rest", "tools", "commands", "door"}
ROLES = MODELS_TO_SERVICES | DOORS | {"adapter", "apps", "middleware"}


@dataclass(frozen=True)
class Module:
    path: Path
    source: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Path below src/seci, for people to read: accounts/actor.py."""
        return self.path.relative_to(SRC).as_posix()

    @property
    def room(self) -> str:
        return self.path.relative_to(SRC).parts[0]

    @property
    def role(self) -> str | None:
        """The role word of the file, or of the folder where a role has grown into one."""
        parts = [part.removesuffix(".py") for part in self.path.relative_to(SRC).parts]
        return next((part for part in reversed(parts) if part in ROLES), None)

    def allows(self, lint: str, line: int) -> bool:
        lines = self.source.splitlines()
        near = "\n".join(lines[max(0, line - 2) : line])
        return re.search(rf"# allow {lint}: \S", near) is not None


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the product but migrations, which are written by a program."""
    paths = sorted(path for path in SRC.rglob("*.py") if "migrations" not in path.parts)
    return tuple(Module(path, text, ast.parse(text)) for path in paths for text in [path.read_text()])


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """(dotted name, line) of all that is imported anywhere in the tree, functions included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def report(lint: str, lesson: str, found: list[tuple[Module, int, str]]) -> None:
    """Fail with the lesson and every place, unless each has its escape."""
    places = [f"  src/seci/{m.name}:{line}: {what}" for m, line, what in found if not m.allows(lint, line)]
    if places:
        escape = f"If this one is right, say why: `# allow {lint}: <reason>`."
        raise AssertionError("\n".join([lesson, *sorted(set(places)), escape]))
