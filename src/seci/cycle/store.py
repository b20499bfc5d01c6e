"""Proposals in bulk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt

from seci.cycle.learners import Learner, learner
from seci.cycle.memory import Landed, Memory
from seci.cycle.reviewers import Unit
from seci.cycle.transfers import NEAR_TIE, Transfer
from seci.kit.clock import DAY, Micros
from seci.kit.database import Database
from seci.people import store as people
from seci.sources.git import store as git
from seci.sources.git.codes import Role
from seci.sources.git.evidence import Evidence
from seci.spiral.files_at_risk import knowers
from seci.spiral.store import shape

COLUMNS = (
    "place", "tied", "activity", "asset_id", "holder_id", "learner_id", "hours", "relief", "relief_low",
    "relief_high", "share", "changes", "together", "as_of",
)  # fmt: skip


def answered(db: Database) -> set[tuple[str, int, int, int | None]]:
    """The transfers that somebody has accepted or declined already."""
    rows = db.rows("SELECT activity, asset_id, holder_id, learner_id FROM cycle_answer")
    return {(activity, asset, holder, learner) for activity, asset, holder, learner in rows}


def write_proposals(db: Database, transfers: Sequence[Transfer], as_of: int) -> None:
    """Replace all proposals, in the order given."""
    db.run("DELETE FROM cycle_proposal")
    db.run_many(
        f"INSERT INTO cycle_proposal ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})",
        (
            (
                place, tied(transfers, place), str(t.activity), t.asset, t.holder, t.learner, t.hours,
                t.relief, t.relief_low, t.relief_high, t.share, t.changes, t.together, as_of,
            )
            for place, t in enumerate(transfers)
        ),
    )  # fmt: skip


def tied(transfers: Sequence[Transfer], place: int) -> bool:
    """Whether the lot decided between this transfer and a neighbor."""
    mine = transfers[place].relief_per_hour
    near = [t for t in transfers if abs(t.relief_per_hour - mine) <= NEAR_TIE * max(t.relief_per_hour, mine)]
    return len(near) > 1


def take(db: Database, proposal: int, verdict: str, by: int | None, at: Micros) -> bool:
    """Move a proposal to the answers; False when it is not there any more."""
    moved = db.run(
        "INSERT INTO cycle_answer (verdict, activity, asset_id, holder_id, learner_id, account, answered_at) "
        "SELECT ?, activity, asset_id, holder_id, learner_id, ?, ? FROM cycle_proposal WHERE id = ?",
        (verdict, by, at, proposal),
    )
    db.run("DELETE FROM cycle_proposal WHERE id = ?", (proposal,))
    return moved == 1


REMEMBERED = 3 * 365 * DAY
"""Units older than this weigh less than a four thousandth and are left out."""

WRITERS = (Role.AUTHOR, Role.CO_AUTHOR)
READERS = (Role.REVIEWER, Role.ACKED, Role.TESTED)


KEPT = 4
"""Sources whose memory is kept in a process."""


@dataclass(frozen=True)
class Recalled:
    """The memory of a source at one head: what was read, and who was who."""

    head: tuple[int, str, str]
    memory: Memory
    evidence: Evidence

    def files(self, paths: Sequence[str]) -> npt.NDArray[np.int64]:
        """Numbers of the files that the paths name; what is no file yet is left out."""
        return np.array([number for number in self.evidence.files.numbers(paths) if number is not None], np.int64)

    @cached_property
    def least_gain(self) -> float:
        return self.memory.least_gain(self.files)


_recalled: dict[tuple[str, str], Recalled] = {}
_turn = Lock()


def recall(db: Database, source: int, shelf: Path) -> Recalled:
    """What landed in a source, from memory while neither its evidence nor who is who has changed."""
    evidence = Evidence.load(shelf)
    head = (evidence.manifest.generation, evidence.manifest.target, shape(db))
    key = (db.place, str(shelf))
    with _turn:
        kept = _recalled.pop(key, None)
        if kept is None or kept.head != head:
            kept = Recalled(head, Memory(landed(db, source, evidence)), evidence)
        _recalled[key] = kept
        for old in list(_recalled)[:-KEPT]:
            del _recalled[old]
    return kept


def landed(db: Database, source: int, evidence: Evidence) -> Landed:
    """What landed in a source: pull requests where the history names them, else commits."""
    person_of = people.people_of(db)
    programs = git.programs(db)
    identities = git.identities_of(db, evidence)
    person = np.array([person_of.get(identity, -1) for identity in identities.tolist()], np.int64)
    history = git.file_history(db, source, evidence)
    file, who, when = (
        np.concatenate([history.file, history.seen_file]),
        np.concatenate([history.person, history.seen_by]),
        np.concatenate([history.when, history.seen_when]),
    )
    return Landed(
        units=list(units(evidence, person)),
        bots=frozenset(person_of[identity] for identity in programs),
        known=knowers(file, who, when),
        since=-knowers(file, who, -when).last,
        live=history.live,
        asset=history.asset,
    )


def units(evidence: Evidence, person: npt.NDArray[np.int64]) -> Iterator[Unit]:
    """Units of the last years in landing order; commits of one change are one unit, at the last of them.

    person  the person behind each alias, -1 for programs
    """
    commits, touches, roles = evidence.commits, evidence.touches, evidence.roles
    newest = int(commits.landed.max(initial=0))
    recent = np.flatnonzero((commits.landed > newest - REMEMBERED) & ~np.isin(commits.commit, evidence.gone))
    paths, file = evidence.files.path, touches.file.tolist()
    part = list(zip(roles.role.tolist(), person[roles.alias].tolist(), strict=True))
    touched, played = (_rows(table.commit, commits.commit[recent]) for table in (touches, roles))
    members: dict[tuple[str, int], list[int]] = {}
    for place, (row, change) in enumerate(zip(recent.tolist(), commits.change[recent].tolist(), strict=True)):
        members.setdefault(("change", change) if change >= 0 else ("commit", row), []).append(place)
    for places in sorted(members.values(), key=lambda found: found[-1]):
        files = {each for place in places for each in file[touched[place]]}
        parts = [each for place in places for each in part[played[place]]]
        last = int(recent[places[-1]])
        yield Unit(
            key=last,
            paths=sorted(paths[f] for f in files),
            authors=sorted({who for role, who in parts if role in WRITERS and who >= 0}),
            reviewers=sorted({who for role, who in parts if role in READERS and who >= 0}),
            at=int(commits.landed[last]),
        )


def _rows(commit: npt.NDArray[np.int32], wanted: npt.NDArray[np.int32]) -> list[slice]:
    """Where the rows of each commit lie in a table of evidence, which is in the order of its commits."""
    first, last = np.searchsorted(commit, [wanted, wanted + 1]).tolist()
    return list(map(slice, first, last))


def learner_for(known: Recalled, paths: Sequence[str], taking_part: Sequence[int], at: Micros) -> Learner | None:
    """Whom to add to a change of `paths` so that its files come to be known by more people who stay."""
    asked = known.memory.candidates(at)
    return learner(
        known.memory.found.known, known.files(paths), asked, np.array(taking_part, np.int64), known.least_gain
    )
