"""What kind of knowledge event a commit is for one of its people in one area.

The rules see what a diff shows: the natures and statuses of the files that the commit touches in the area, and
the part that the person had in it. They do not read the message; what only the message tells (a reason written
down, two documents made one) is left to people, whose decision supersedes the rule's.

How well the rules do is measured against commits labeled by hand: `python -m benchmarks.modes`.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from seci.ledger.kinds import Kind
from seci.sources.git.codes import Nature, Role, Status

# Files that a program writes beside the work; they say nothing on what was done.
_BESIDE = 1 << Nature.GENERATED | 1 << Nature.LOCK | 1 << Nature.MINIFIED


def kind_of(role: Role, touches: Iterable[tuple[Nature, Status]]) -> Kind:
    """The kind of event of a person with this role, for all touches of one commit in one area.

    A co-author pairs; whoever helped or reported has answered; whoever reviewed, acknowledged, tested, merged or
    passed a commit on has reviewed. What an author did follows from the files: see `kinds_of_authoring`.
    """
    if role is Role.AUTHOR:
        natures = statuses = 0
        for nature, status in touches:
            natures |= 1 << nature
            statuses |= 1 << status
        return Kind(int(kinds_of_authoring(np.array([natures]), np.array([statuses]))[0]))
    if role is Role.CO_AUTHOR:
        return Kind.PAIR
    return Kind.ANSWER if role in {Role.HELPED, Role.REPORTED} else Kind.REVIEW


def kinds_of_authoring(natures: NDArray[np.int_], statuses: NDArray[np.int_]) -> NDArray[np.int16]:
    """The kind of event for the author of each group of touches (one commit in one area).

    natures, statuses   shape (groups,), a bit `1 << code` for every nature and status in the group

    Code, tests, build files and data in any number are practice of the craft (`apply`), with documents beside
    them or not: a change that brings its documentation along is still a change. Documents alone are written (a
    new one), revised, put elsewhere (`categorize`) or taken away (`retire`); files of others brought in are an
    import from outside.
    """
    work = natures & ~_BESIDE
    documents = work == 1 << Nature.DOCS
    conditions = [
        documents & (statuses == 1 << Status.DELETED),
        documents & (statuses == 1 << Status.MOVED),
        documents & (statuses & (1 << Status.ADDED) > 0),
        documents,
        work == 1 << Nature.VENDORED,
    ]
    kinds = [Kind.RETIRE, Kind.CATEGORIZE, Kind.WRITE, Kind.REVISE, Kind.IMPORT_EXTERNAL]
    return np.select(conditions, [np.int16(kind) for kind in kinds], np.int16(Kind.APPLY)).astype(np.int16)
