"""How much of its weight a touch keeps, and why.

A commit tells less about each file the more files it touches. Bulk edits, imports, reformatting and reverts tell
next to nothing about who understands a file (RelationalGit drops commits of more than 100 files; so do we).
"""

from __future__ import annotations

import re

from seci.sources.git.codes import Flag, Nature, Reason, Status

_MASS, _REVERT = int(Flag.MASS), int(Flag.REVERT)
FULL = 100
LARGE = 30  # files; from here on a commit's weight is shared out
BULK = 100
FEW = 10  # files; no commit of fewer is a mass change, whatever its subject says
_PLAIN = FULL, int(Reason.NONE), 0

_REFORMAT = re.compile(
    rb"(?i)\bre-?formatt?(?:ed|ing)?\b|\bformatting\b|\bcod(?:e|ing) ?style\b|\bindent(?:ation)?\b|\blint(?:ing|er)?\b"
    rb"|clang-format|\bclang-tidy\b|\bblack\b(?! ?(?:list|box|hole))|\bprettier\b|\bgofmt\b|\bgoimports\b|\brustfmt\b"
    rb"|\bruff\b|\bisort\b|\byapf\b|\bautopep8\b|\bpep-?8\b|\bspotless\b|\bcheckstyle\b|\buncrustify\b|\bastyle\b"
    rb"|\bwhite-?space\b|\btabs? (?:to|with|into) spaces\b|\btrailing (?:white|space|newline)|\bline endings?\b"
    rb"|\bcopyright (?:year|header|notice|date|line|text)|\blicen[sc]e (?:header|text|notice|boilerplate|block)"
    rb"|\bspdx\b|\btypos?\b|\bspelling\b|\bmisspell"
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
    if files >= FEW and _REFORMAT.search(subject, 0, 500):
        return 0, Reason.REFORMAT, _MASS
    if flags & _REVERT:
        return 30, Reason.REVERT, 0
    if files > LARGE:
        return FULL * LARGE // files, Reason.LARGE, 0
    return FULL, Reason.NONE, 0


def of_touch(commit: tuple[int, int], nature: int, status: int) -> tuple[int, int]:
    """(percent kept, reason) of one touch: the harshest of what its commit, its file and the change say."""
    worth, reason = commit
    by_file = BY_NATURE.get(Nature(nature))
    if by_file and by_file[0] < worth:
        worth, reason = by_file
    if status == Status.MOVED and MOVED[0] < worth:
        worth, reason = MOVED
    return worth, reason
