"""A place in the code, and what tells that it is different: the hash of a file, or of one function or class in it."""

from __future__ import annotations

import ast
import re
from hashlib import sha256

_OPENS, _CLOSES = "{", "}"
_DEFINES = r"\b(?:def|class|function|func|fn|interface|struct|enum|trait|type|const|let|var|module|object|record)\s+"


def hash_of(content: bytes, path: str, symbol: str = "") -> str | None:
    """The hash of a file's content, or of one definition in it; None where there is no such definition.

    White space at the ends of lines does not count. `symbol` may name a method as Class.method in Python.
    """
    text = "\n".join(line.rstrip() for line in content.decode(errors="replace").splitlines())
    part = text if not symbol else _python(text, symbol) if path.endswith(".py") else _braces(text, symbol)
    return None if part is None else sha256(part.encode()).hexdigest()


def _python(text: str, symbol: str) -> str | None:
    try:
        node: ast.AST = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return None
    for name in symbol.split("."):
        inside = [
            one
            for one in ast.iter_child_nodes(node)
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and one.name == name
        ]
        if not inside:
            return None
        node = inside[-1]
    return ast.get_source_segment(text, node)


def _braces(text: str, symbol: str) -> str | None:
    """From the line that defines a name to the brace that closes it; without braces, to the next empty line."""
    found = re.search(rf"^.*(?:{_DEFINES})?\b{re.escape(symbol)}\s*[(<:={{].*$", text, re.MULTILINE)
    if not found:
        return None
    depth, seen = 0, False
    for at in range(found.start(), len(text)):
        letter = text[at]
        if letter == _OPENS:
            depth, seen = depth + 1, True
        elif letter == _CLOSES:
            depth -= 1
            if seen and depth == 0:
                return text[found.start() : at + 1]
        elif not seen and text.startswith("\n\n", at):
            return text[found.start() : at]
    return text[found.start() :]
