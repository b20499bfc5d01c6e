"""What kind of knowledge event a commit is for one of its people in one area.

The rules see what a diff shows: the natures and statuses of the files that the commit touches in the area, and
the part that the person had in it. They do not read the message; what only the message tells (a reason written
down, two documents made one) is left to people, whose decision supersedes the rule's.

How well the rules do is measured against commits labelled by hand: `python -m benchmarks.modes`.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from seci.ledger.kinds import Kind


class Nature(IntEnum):
    """What a file is for."""

    CODE = 0
    DOCS = 1
    TESTS = 2
    BUILD = 3
    DATA = 4
    GENERATED = 5
    VENDORED = 6


class Status(IntEnum):
    """What a commit does to a file. A rename with changed content counts as renamed."""

    ADDED = 0
    MODIFIED = 1
    DELETED = 2
    RENAMED = 3


class Role(IntEnum):
    """The part that a person has in a commit."""

    AUTHOR = 0
    CO_AUTHOR = 1
    REVIEWER = 2
    ACKED = 3
    TESTED = 4
    HELPED = 5
    COMMITTER = 6
    SIGNED_OFF = 7
    MERGER = 8


def kind_of(role: Role, touches: Iterable[tuple[Nature, Status]]) -> Kind:
    """The kind of event of a person with this role, for all touches of one commit in one area.

    A co-author pairs; whoever helped has answered; whoever reviewed, acknowledged, tested, merged or passed a
    commit on has reviewed. What an author did follows from the files: see `kind_of_authoring`.
    """
    if role is Role.AUTHOR:
        return kind_of_authoring(touches)
    if role is Role.CO_AUTHOR:
        return Kind.PAIR
    if role is Role.HELPED:
        return Kind.ANSWER
    return Kind.REVIEW


def kind_of_authoring(touches: Iterable[tuple[Nature, Status]]) -> Kind:
    """The kind of event for the author of these touches.

    Code, tests, build files and data in any number are practice of the craft (`apply`), with documents beside
    them or not: a change that brings its documentation along is still a change. Documents alone are written (a
    new one), revised, put elsewhere (`categorize`) or taken away (`retire`); files of others brought in are an
    import from outside. Generated files alone show that something was run: `apply`, at the little worth that
    such touches have.
    """
    listed = list(touches)
    natures = {nature for nature, _ in listed}
    if natures == {Nature.DOCS}:
        return _kind_of_documents({status for _, status in listed})
    if natures and natures <= {Nature.VENDORED, Nature.GENERATED} and Nature.VENDORED in natures:
        return Kind.IMPORT_EXTERNAL
    return Kind.APPLY


def _kind_of_documents(statuses: set[Status]) -> Kind:
    if statuses == {Status.DELETED}:
        return Kind.RETIRE
    if statuses == {Status.RENAMED}:
        return Kind.CATEGORIZE
    return Kind.WRITE if Status.ADDED in statuses else Kind.REVISE
