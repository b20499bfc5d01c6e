"""The small closed vocabularies of the evidence. Codes are stored: they never change meaning, new ones are added."""

from __future__ import annotations

from enum import IntEnum, IntFlag


class Role(IntEnum):
    """What a person did in a commit."""

    AUTHOR = 0
    CO_AUTHOR = 1
    REVIEWER = 2
    ACKED = 3
    TESTED = 4
    HELPED = 5
    COMMITTER = 6
    SIGNED_OFF = 7
    MERGER = 8
    REPORTED = 9


class Status(IntEnum):
    """What a commit did to a file. A move keeps the content, a rename also changes it."""

    ADDED = 0
    MODIFIED = 1
    DELETED = 2
    RENAMED = 3
    MOVED = 4


class Nature(IntEnum):
    """What a file is, told from its path."""

    CODE = 0
    DOCS = 1
    TESTS = 2
    BUILD = 3
    DATA = 4
    GENERATED = 5
    VENDORED = 6
    LOCK = 7
    MINIFIED = 8


class Flag(IntFlag):
    """What is special about a commit."""

    MERGE = 1
    ROOT = 2
    BOT = 4
    MASS = 8
    AI_ASSISTED = 16
    AI_AUTHORED = 32
    REVERT = 64
    SQUASH = 128
    PULL = 256  # a merge that only brought a branch up to date: nobody reviewed anything
    EDGE = 512  # where a shallow clone ends: what it changed cannot be known
    ODD_TIME = 1024  # its dates cannot be true; `landed` is taken from its neighbors


class Reason(IntEnum):
    """Why a touch is worth less than 100 percent."""

    NONE = 0
    LARGE = 1
    BULK = 2
    IMPORT = 3
    REFORMAT = 4
    REVERT = 5
    MOVED = 6
    GENERATED = 7
    VENDORED = 8
    LOCK = 9
    MINIFIED = 10
    IGNORED_REVISION = 11
    DATA = 12

    @property
    def sentence(self) -> str:
        return _SENTENCES[self]


_SENTENCES = {
    Reason.NONE: "counts in full",
    Reason.LARGE: "one of more than 30 files of a commit",
    Reason.BULK: "one of more than 100 files of a commit",
    Reason.IMPORT: "came in with an import of more than 100 new files",
    Reason.REFORMAT: "reformatted, renamed or relicensed together with many others",
    Reason.REVERT: "undid an earlier change",
    Reason.MOVED: "moved without a change of content",
    Reason.GENERATED: "a generated file",
    Reason.VENDORED: "a copy of someone else's code",
    Reason.LOCK: "a lock file",
    Reason.MINIFIED: "a minified file",
    Reason.IGNORED_REVISION: "listed in .git-blame-ignore-revs",
    Reason.DATA: "a data file",
}
