"""Repositories and the natural keys of their events in bulk, without Django."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from seci.assets import store as assets
from seci.assets.proposal import propose
from seci.assets.scope import Map
from seci.kit.clock import DAY
from seci.kit.database import Database, from_json
from seci.kit.errors import NotFound
from seci.kit.ids import fingerprint
from seci.ledger.append import Names
from seci.ledger.columns import EventColumns
from seci.people import store as people
from seci.people.evidence import Alias
from seci.sources.git.codes import Flag, Nature, Reason, Role, Status
from seci.sources.git.discount import FULL
from seci.sources.git.events import NOWHERE, Commits, Ints, Parts, Touches, events
from seci.sources.git.evidence import Evidence, Table

GROWN = 1.05
RECENT = 5 * 365 * DAY
"""How far back the changes go that assets are proposed from."""


@dataclass(frozen=True, slots=True)
class RepositoryRow:
    """A repository that this instance reads. `notes` are sentences about what could not be read, and why."""

    source: int
    title: str
    path: str
    tip: str
    object_format: str
    shallow: bool
    notes: tuple[str, ...]
    commits: int


def repositories(db: Database) -> list[RepositoryRow]:
    """All repositories, by title."""
    rows = db.rows(
        "SELECT r.source_id, s.title, r.path, r.tip, r.object_format, r.shallow, r.notes, r.commits "
        "FROM git_repository AS r JOIN ledger_source AS s ON s.id = r.source_id ORDER BY s.title, s.id"
    )
    return [
        RepositoryRow(
            int(source), title, path, tip, kind, bool(shallow),
            tuple(from_json(notes)), int(commits),
        )
        for source, title, path, tip, kind, shallow, notes, commits in rows
    ]  # fmt: skip


def write_repository(db: Database, row: RepositoryRow) -> None:
    """Add or renew what is known of a repository."""
    db.run(
        "INSERT INTO git_repository (source_id, path, tip, object_format, shallow, notes, commits) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source_id) DO UPDATE SET path = excluded.path, tip = excluded.tip, "
        "object_format = excluded.object_format, shallow = excluded.shallow, notes = excluded.notes, "
        "commits = excluded.commits",
        [row.source, row.path, row.tip, row.object_format, row.shallow, json.dumps(row.notes), row.commits],
    )


def programs(db: Database) -> set[int]:
    """Identities of bots, agents and shared mailboxes: what they do is nobody's contact."""
    rows = db.rows(
        "SELECT i.id FROM people_identity AS i JOIN people_person AS p ON p.id = i.person_id WHERE p.nature <> 'person'"
    )
    return {int(row[0]) for row in rows}


def events_of_commits(db: Database, source: int, commits: Sequence[tuple[int, bytes]]) -> list[int]:
    """The events (effective or not yet superseded) of commits given as (landed, sha)."""
    found: list[int] = []
    for landed, sha in commits:
        # The key begins with the milliseconds of the event, so that its index finds a moment at once.
        start = (landed // 1000).to_bytes(6, "big")
        rows = db.rows(
            "SELECT seq FROM ledger_event AS e WHERE key >= ? AND key <= ? AND source_id = ? AND source_key = ? "
            "AND weight > 0 AND NOT EXISTS (SELECT 1 FROM ledger_event AS s WHERE s.supersedes = e.seq)",
            [start + bytes(10), start + b"\xff" * 10, source, sha],
        )
        found += [int(row[0]) for row in rows]
    return found


def repository(db: Database, source: int) -> RepositoryRow:
    """What is known of one repository. Raises NotFound."""
    found = next((each for each in repositories(db) if each.source == source), None)
    if found is None:
        raise NotFound(f"There is no repository {source}; `seci scan PATH` adds one.")
    return found


def landed_of(evidence: Evidence, ordinals: npt.NDArray[np.integer[Any]]) -> list[tuple[int, bytes]]:
    """(landed, sha) of commits, as the ledger knows them."""
    rows = np.asarray(ordinals, np.int64) - evidence.first
    return list(
        zip(evidence.commits.landed[rows].tolist(), (sha.tobytes() for sha in evidence.commits.sha[rows]), strict=True)
    )


@dataclass(frozen=True)
class Maker:
    """Makes the events of a source's commits: who each alias is and which asset each file belongs to are settled."""

    evidence: Evidence
    names: Names
    identity_of_alias: Ints
    asset_of_file: Ints

    @classmethod
    def ready(cls, db: Database, source: int, evidence: Evidence) -> Maker:
        """Makes sure that all people and assets of the evidence exist, proposing assets for a new source."""
        aliases = np.unique(np.concatenate([evidence.roles.alias, evidence.commits.author]))
        identities = identities_of(db, evidence, aliases.tolist())
        if not assets.has_assets(db, source):
            propose_assets(db, source, evidence)
        scopes = Map(assets.load_scopes(db, source))
        places = np.full(len(evidence.files), NOWHERE, np.int64)
        files = np.unique(evidence.touches.file)
        places[files] = [scopes.asset_of(path) for path in evidence.files.of(files.tolist())]
        return cls(evidence, Names.read(db), identities, places)

    def events(self, first: int, last: int) -> EventColumns:
        """The events of the commits with ordinals from `first` up to `last`."""
        evidence = self.evidence
        rows = slice(first - evidence.first, last - evidence.first)
        c, t, r = evidence.commits, evidence.touches, evidence.roles
        touched = slice(*np.searchsorted(t.commit, [first, last]))
        played = slice(*np.searchsorted(r.commit, [first, last]))
        file = t.file[touched]
        commit = c.commit[rows].astype(np.int64)
        return events(
            Commits(
                commit=commit,
                sha=[sha.tobytes() for sha in c.sha[rows]],
                landed=c.landed[rows].astype(np.int64),
                author=self.identity_of_alias[c.author[rows]],
                flags=c.flags[rows].astype(np.int64),
                gone=np.isin(commit, evidence.gone),
            ),
            Touches(
                commit=t.commit[touched].astype(np.int64),
                asset=self.asset_of_file[file],
                nature=evidence.files.nature[file].astype(np.int64),
                status=t.status[touched].astype(np.int64),
                worth=t.worth[touched].astype(np.int64),
            ),
            Parts(
                commit=r.commit[played].astype(np.int64),
                identity=self.identity_of_alias[r.alias[played]],
                role=r.role[played].astype(np.int64),
            ),
        )


def identities_of(db: Database, evidence: Evidence, only: Sequence[int] | None = None) -> Ints:
    """The identity of every alias (of those in `only`), made where it is new; -1 for programs and for the others."""
    numbers = range(len(evidence.aliases)) if only is None else only
    aliases = dict(zip(numbers, evidence.aliases.of(numbers), strict=True))
    known = people.ensure_identities(db, aliases.values())
    beside = programs(db)
    found = np.full(len(evidence.aliases), NOWHERE, np.int64)
    for number, alias in aliases.items():
        identity = known[Alias(*alias).key]
        found[number] = NOWHERE if identity in beside else identity
    return found


def propose_assets(db: Database, source: int, evidence: Evidence) -> None:
    """Propose assets from the files and what was changed together lately."""
    title = str(db.rows("SELECT title FROM ledger_source WHERE id = ?", [source])[0][0])
    landed = evidence.commits.landed
    recent = landed[evidence.touches.commit - evidence.first] > (int(landed.max()) if len(landed) else 0) - RECENT
    natures = [nature.name.lower() for nature in Nature]
    proposals = propose(
        evidence.files.path,
        [natures[code] for code in evidence.files.nature.tolist()],
        evidence.files.live,
        evidence.touches.commit[recent],
        evidence.touches.file[recent],
        title=title,
    )
    assets.ensure_assets(db, source, proposals)


def shape_of_scopes(db: Database, source: int) -> str:
    """A fingerprint of how a source is cut into assets: another one after somebody has split an asset."""
    return fingerprint(repr(assets.load_scopes(db, source)))[:16]


def suggest_assets(db: Database, source: int, evidence: Evidence, files_before: int) -> int:
    """Put new areas to people as suggestions once a source has grown by a twentieth; files it has had by then."""
    files = len(evidence.files)
    if files_before and files < files_before * GROWN:
        return files_before
    if files_before:
        propose_assets(db, source, Evidence.load(evidence.shelf.folder))
    return files


Fact = tuple[bytes, int, int, int, int]
"""What an event says: commit, actor, asset, kind, weight."""


def facts(events: EventColumns) -> set[Fact]:
    columns = (events.actor, events.asset, events.kind, events.weight)
    return set(zip(events.source_key, *(np.asarray(column).tolist() for column in columns), strict=True))


def events_without(db: Database, source: int, wanted: set[Fact]) -> list[int]:
    """The effective events of a source that say something else than `wanted`; people's corrections are not its own."""
    rows = db.stream(
        "SELECT seq, source_key, actor, asset, kind, weight FROM ledger_event AS e WHERE source_id = ? AND weight > 0 "
        "AND NOT EXISTS (SELECT 1 FROM ledger_event AS s WHERE s.supersedes = e.seq)",
        [source],
    )
    return [int(seq) for seq, sha, *rest in rows if (bytes(sha), *rest) not in wanted]


@dataclass(frozen=True, slots=True)
class FileHistory:
    """Who wrote and who reviewed which file of a source, people resolved; and its live files with their assets.

    Columns as in `seci.spiral.file_reading.Work`. `live` is sorted; `asset` and `path` have one entry for each.
    """

    file: Ints
    person: Ints
    when: Ints
    added: npt.NDArray[np.bool_]
    changed: npt.NDArray[np.bool_]
    seen_file: Ints
    seen_by: Ints
    seen_when: Ints
    live: Ints
    asset: Ints
    path: list[str]


WROTE = (Role.AUTHOR, Role.CO_AUTHOR)
REVIEWED = (Role.REVIEWER, Role.ACKED, Role.TESTED, Role.HELPED)
FILES_THAT_COUNT = (Nature.CODE, Nature.DOCS, Nature.TESTS, Nature.BUILD)


def file_history(db: Database, source: int, evidence: Evidence) -> FileHistory:
    """The history of a source's files, from its evidence."""
    person_of = people.people_of(db)
    identities = identities_of(db, evidence)
    person = np.array([person_of.get(identity, NOWHERE) for identity in identities.tolist()], np.int64)
    scopes = Map(assets.load_scopes(db, source))
    survivor = assets.survivors(db)
    numbers = np.flatnonzero(evidence.files.live & np.isin(evidence.files.nature, FILES_THAT_COUNT))
    place = np.array(
        [survivor.get(int(a), NOWHERE) for a in scopes.assets_of([evidence.files.path[n] for n in numbers])]
    )
    numbers, place = numbers[place != NOWHERE], place[place != NOWHERE]
    t, r = evidence.touches, evidence.roles
    counted = np.flatnonzero(t.worth > 0)
    gone = np.isin(evidence.commits.commit, evidence.gone)
    wrote_row, wrote_touch = _joined(r, WROTE, t.commit[counted], gone)
    saw_row, saw_touch = _joined(r, REVIEWED, t.commit[counted], gone)
    wrote_touch, saw_touch = counted[wrote_touch], counted[saw_touch]
    status = t.status[wrote_touch]
    landed = evidence.commits.landed
    wrote_by, saw_by = person[r.alias[wrote_row]], person[r.alias[saw_row]]
    w, v = wrote_by != NOWHERE, saw_by != NOWHERE
    return FileHistory(
        file=t.file[wrote_touch][w].astype(np.int64),
        person=wrote_by[w],
        when=landed[t.commit[wrote_touch]][w],
        added=(status == Status.ADDED)[w],
        changed=np.isin(status, (Status.MODIFIED, Status.RENAMED, Status.MOVED))[w],
        seen_file=t.file[saw_touch][v].astype(np.int64),
        seen_by=saw_by[v],
        seen_when=landed[t.commit[saw_touch]][v],
        live=numbers.astype(np.int64),
        asset=place.astype(np.int64),
        path=[evidence.files.path[n] for n in numbers],
    )


def _joined(
    roles: Table, wanted: tuple[Role, ...], commit_of_touch: Ints, gone: npt.NDArray[np.bool_]
) -> tuple[Ints, Ints]:
    """Pairs (row of roles, row of touches) that share a commit, for the roles `wanted`."""
    rows = np.flatnonzero(np.isin(roles.role, wanted) & ~gone[roles.commit])
    first = np.searchsorted(commit_of_touch, roles.commit[rows], "left")
    times = np.searchsorted(commit_of_touch, roles.commit[rows], "right") - first
    pair = np.repeat(rows, times)
    return pair, np.repeat(first, times) + np.arange(len(pair)) - np.repeat(np.cumsum(times) - times, times)


def discounts(
    db: Database, source: int, evidence: Evidence, commits: Sequence[bytes], assets_meant: Collection[int]
) -> dict[bytes, tuple[str, ...]]:
    """Why commits count for less than in full on some assets, in words; commits that count in full are left out."""
    wanted = set(commits)
    if not wanted:
        return {}
    named = np.frombuffer(b"".join(wanted), np.uint8).reshape(len(wanted), -1)
    rows = np.flatnonzero(np.isin(_names(evidence.commits.sha), _names(named)))
    scopes = Map(assets.load_scopes(db, source))
    t, flags = evidence.touches, evidence.commits.flags
    found: dict[bytes, tuple[str, ...]] = {}
    for row in rows:
        ordinal = int(evidence.commits.commit[row])
        first, last = np.searchsorted(t.commit, [ordinal, ordinal + 1])
        reasons = {
            Reason(int(t.reason[place])).sentence
            for place in range(first, last)
            if t.worth[place] < FULL and scopes.asset_of(evidence.files.path[t.file[place]]) in assets_meant
        }
        helped = {words for flag, words in BY_PROGRAM.items() if flags[row] & flag}
        if reasons or helped:
            found[evidence.commits.sha[row].tobytes()] = tuple(sorted(reasons | helped))
    return found


BY_PROGRAM = {Flag.AI_ASSISTED: "written with the help of a program", Flag.AI_AUTHORED: "written by a program"}


def _names(sha: npt.NDArray[np.uint8]) -> npt.NDArray[np.void]:
    """Commit ids as single values, to be looked up."""
    return np.ascontiguousarray(sha).view(f"V{sha.shape[1]}").ravel()
