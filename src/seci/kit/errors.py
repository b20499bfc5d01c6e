"""Every failure SECI raises on purpose, as one tree.

    SeciError                 500
      × BadInput              422   the caller can mend it: a path, a date, a file
      × NotFound              404   it is not there, or this actor may not know that it is
      × Refused               403   known, but not for this actor
      × Conflict              409   someone or something got there first
      × Unavailable           503   a means (disk, database, browser, network) is missing now

Each carries a code (stable, for machines), a status (HTTP) and one sentence (what, where, how to mend).
Three translators turn it into an HTTP answer, an MCP error or an exit code; nothing else does.
"""

from __future__ import annotations


class SeciError(Exception):
    code = "error"
    status = 500
    exit_code = 1

    def __init__(self, sentence: str, *, code: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        if code is not None:
            self.code = code


class BadInput(SeciError):
    code = "bad_input"
    status = 422
    exit_code = 2


class NotFound(SeciError):
    code = "not_found"
    status = 404
    exit_code = 3


class Refused(SeciError):
    code = "refused"
    status = 403
    exit_code = 4


class Conflict(SeciError):
    code = "conflict"
    status = 409
    exit_code = 5


class Unavailable(SeciError):
    code = "unavailable"
    status = 503
    exit_code = 6
