"""How much of its weight a touch keeps, and why.

A commit tells less about each file the more files it touches. Bulk edits, imports, reformatting and reverts tell
next to nothing about who understands a file (RelationalGit drops commits of more than 100 files; so do we).
"""

from __future__ import annotations

import re

from seci.sources.git.codes import Flag, Nature, Reason

_MASS, _REVERT = int(Flag.MASS), int(Flag.REVERT)
FULL = 100
LARGE = 30  # files; from here on a commit's weight is shared out
BULK = 100
FEW = 10  # files; no commit of fewer is a mass change, whatever its subject says
_PLAIN = FULL, int(Reason.NONE), 0

# In lower case, and every word but one after the same boundary: eight times as fast as the same words one by one.
_REFORMAT = re.compile(
    rb"\b(?:re-?formatt?(?:ed|ing)?\b|formatting\b|cod(?:e|ing) ?style\b|indent(?:ation)?\b|lint(?:ing|er)?\b"
    rb"|clang-tidy\b|black\b(?! ?(?:list|box|hole))|prettier\b|gofmt\b|goimports\b|rustfmt\b"
    rb"|ruff\b|isort\b|yapf\b|autopep8\b|pep-?8\b|spotless\b|checkstyle\b|uncrustify\b|astyle\b"
    rb"|white-?space\b|tabs? (?:to|with|into) spaces\b|trailing (?:white|space|newline)|line endings?\b"
    rb"|copyright (?:year|header|notice|date|line|text)|licen[sc]e (?:header|text|notice|boilerplate|block)"
    rb"|spdx\b|typos?\b|spelling\b|misspell)|clang-format"
)

# Per nature: percent kept, and the reason.
BY_NATURE: dict[Nature, tuple[int, Reason]] = {
    Nature.DATA: (50, Reason.DATA),
    Nature.GENERATED: (0, Reason.GENERATED),
    Nature.VENDORED: (0, Reason.VENDORED),
    Nature.LOCK: (0, Reason.LOCK),
    Nature.MINIFIED: (0, Reason.MINIFIED),
}
MOVED = (20, Reason.MOVED)


def of_commit(subject: bytes, flags: int, files: int, added: int) -> tuple[int, int, int]:
    """(percent kept, reason, flags to add) of every touch of a commit that touches `files`, `added` of them new."""
    if files < FEW and not flags & _REVERT:
        return _PLAIN
    if files > BULK:
        reason = Reason.IMPORT if added * 10 >= files * 8 else Reason.BULK
        return 0, reason, _MASS
    if files >= FEW and _REFORMAT.search(subject[:500].lower()):
        return 0, Reason.REFORMAT, _MASS
    if flags & _REVERT:
        return 30, Reason.REVERT, 0
    if files > LARGE:
        return FULL * LARGE // files, Reason.LARGE, 0
    return FULL, Reason.NONE, 0
