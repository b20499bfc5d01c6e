"""Reads of challenges, one function per question."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from seci.accounts.actor import Actor
from seci.artifacts import queries as artifacts
from seci.artifacts.access import get_artifact, get_revision, may_change, shut_to
from seci.artifacts.body import from_data
from seci.artifacts.markdown import to_markdown
from seci.artifacts.walk import nodes
from seci.internalization.challenges.access import COLUMNS, Challenge, challenge_of, get_challenge
from seci.internalization.challenges.trigger import TRIGGERS
from seci.kit.clock import DAY
from seci.kit.database import Database, values
from seci.kit.errors import Refused
from seci.kit.figures import Figure, share
from seci.library import access as library
from seci.people import queries as people
from seci.people.views import PersonRef

MOST = 200


@dataclass(frozen=True, slots=True)
class ChallengeRow:
    """A challenge in a list. `trigger_words` say where it comes from."""

    challenge: Challenge
    title: str
    challenger: PersonRef | None

    @property
    def trigger_words(self) -> str:
        return dict(TRIGGERS).get(self.challenge.trigger, self.challenge.trigger)  # type: ignore[call-overload, no-any-return]


@dataclass(frozen=True, slots=True)
class Figures:
    """cases: challenges for each hundred practice cases; won: of the decided, those that changed the artifact;
    days: median from challenge to decision."""

    per_hundred: Figure
    won: Figure
    days: Figure


@dataclass(frozen=True, slots=True)
class ChallengesPage:
    """challenges/challenges.html."""

    rows: tuple[ChallengeRow, ...]
    figures: Figures
    state: str
    artifact: int | None
    document: int | None = None


@dataclass(frozen=True, slots=True)
class ChallengePage:
    """challenges/challenge.html. `words` is what the node or passage says in the challenged revision; `text` the latest
    revision as Markdown, to be changed by whoever decides."""

    row: ChallengeRow
    words: str
    now: str
    case_title: str
    text: str
    head: int
    may_decide: bool
    decided_by: PersonRef | None


@dataclass(frozen=True, slots=True)
class ContestPage:
    """challenges/new.html: what can be called into question."""

    artifact: int
    title: str
    revision: int
    nodes: tuple[tuple[str, str], ...]
    node: str
    case: int | None
    case_title: str


@dataclass(frozen=True, slots=True)
class DocumentContest:
    """challenges/of_page.html: a revision that can be called into question."""

    document: int
    title: str
    revision: int


def challenges(
    actor: Actor, db: Database, *, artifact: int | None = None, document: int | None = None, state: str = ""
) -> ChallengesPage:
    """Challenges, the open ones first, the latest of them on top."""
    if not actor.is_at_least("member"):
        raise Refused("Challenges are for members of this instance; ask an admin for that role.")
    parts, given = ["1 = 1"], list[object]()
    for column, value in (("c.artifact_id", artifact), ("c.document_id", document), ("c.state", state or None)):
        parts += [f"{column} = ?"] if value is not None else []
        given += [value] if value is not None else []
    # What is said against an artifact says what it says, too.
    if shut := sorted(shut_to(actor, db)):
        parts, given = [*parts, f"(c.artifact_id IS NULL OR c.artifact_id NOT IN {values(len(shut))})"], [*given, *shut]
    rows = db.rows(
        f"SELECT {COLUMNS}, COALESCE(a.title, d.title) FROM internalization_challenge c "
        "LEFT JOIN artifacts_artifact a ON a.id = c.artifact_id LEFT JOIN library_document d ON d.id = c.document_id "
        f"WHERE {' AND '.join(parts)} ORDER BY c.state DESC, c.id DESC LIMIT {MOST}",
        given,
    )
    found = [(challenge_of(row[:-1]), row[-1]) for row in rows]
    named = people.names(actor, db, sorted({one.challenger for one, _ in found if one.challenger is not None}))
    listed = tuple(
        ChallengeRow(one, title, named.get(one.challenger) if one.challenger else None) for one, title in found
    )
    return ChallengesPage(listed, _figures(db, artifact, document), state, artifact, document)


def challenge(actor: Actor, db: Database, challenge: int) -> ChallengePage:
    """A challenge with what the node said, and what it says now."""
    found = get_challenge(actor, db, challenge)
    if found.artifact is None:
        return _of_page(actor, db, found)
    artifact = get_artifact(actor, db, found.artifact)
    ids = [one for one in (found.challenger, found.decided_by) if one is not None]
    named = people.names(actor, db, ids)
    may_decide = found.state == "open" and artifact.state != "retired" and may_change(actor, artifact.owner)
    return ChallengePage(
        row=ChallengeRow(found, artifact.title, named.get(found.challenger) if found.challenger else None),
        words=_words(actor, db, found.artifact, found.revision, found.node),
        now=_words(actor, db, found.artifact, artifact.head, found.node),
        case_title=_case_title(db, found.case),
        text=to_markdown(artifacts.content(actor, db, found.artifact)) if may_decide else "",
        head=artifact.head,
        may_decide=may_decide,
        decided_by=named.get(found.decided_by) if found.decided_by else None,
    )


def _of_page(actor: Actor, db: Database, found: Challenge) -> ChallengePage:
    page = library.get_document(actor, db, found.document or 0)
    named = people.names(actor, db, [one for one in (found.challenger, found.decided_by) if one is not None])
    may_decide = found.state == "open" and page.state != "retired" and library.may_change(actor, db, page)
    return ChallengePage(
        row=ChallengeRow(found, page.title, named.get(found.challenger) if found.challenger else None),
        words=found.quote,
        now="",
        case_title="",
        text=library.get_revision(actor, db, page.id).text if may_decide else "",
        head=page.head,
        may_decide=may_decide,
        decided_by=named.get(found.decided_by) if found.decided_by else None,
    )


def contest_document(actor: Actor, db: Database, document: int, revision: int | None = None) -> DocumentContest:
    """What of a document can be called into question: a revision of it, left out the latest."""
    if not actor.is_at_least("member"):
        raise Refused("Only members of this instance may challenge a document.")
    found = library.get_revision(actor, db, document, revision)
    return DocumentContest(document, found.title, found.number)


def contest(actor: Actor, db: Database, artifact: int, *, node: str = "", case: int | None = None) -> ContestPage:
    """What of an artifact can be called into question: its nodes as they are in use."""
    if not actor.is_at_least("member"):
        raise Refused("Only members of this instance may challenge an artifact.")
    found = get_artifact(actor, db, artifact)
    number = found.published or found.head
    body = from_data(found.type, get_revision(actor, db, artifact, number).body)
    listed = tuple((one.id, one.words) for one in nodes(body))
    return ContestPage(found.id, found.title, number, listed, node, case, _case_title(db, case))


def open_challenges(actor: Actor, db: Database, artifact: int) -> int:
    """How many challenges of an artifact wait for a decision."""
    get_artifact(actor, db, artifact)
    sql = "SELECT COUNT(*) FROM internalization_challenge WHERE artifact_id = ? AND state = 'open'"
    return int(db.rows(sql, [artifact])[0][0])


def _words(actor: Actor, db: Database, artifact: int, number: int, node: str) -> str:
    if not node:
        return ""
    body = from_data(get_artifact(actor, db, artifact).type, get_revision(actor, db, artifact, number).body)
    return next((one.words for one in nodes(body) if one.id == node), "")


def _case_title(db: Database, case: int | None) -> str:
    rows = db.rows("SELECT title, code FROM internalization_practicecase WHERE id = ?", [case])
    return (rows[0][0] or rows[0][1]) if rows else ""


def _figures(db: Database, artifact: int | None, document: int | None) -> Figures:
    if document is not None:
        only, given = " AND document_id = ?", [document]
    else:
        only, given = ("", []) if artifact is None else (" AND artifact_id = ?", [artifact])
    rows = db.rows('SELECT resolution, at, decided_at, "case" FROM internalization_challenge WHERE 1 = 1' + only, given)
    cases = (
        0
        if document is not None
        else db.rows(
            "SELECT COUNT(*) FROM internalization_practicecase c JOIN internalization_pattern p ON p.id = c.pattern_id "
            "WHERE c.retired_at IS NULL" + only,
            given,
        )[0][0]
    )
    decided = [row for row in rows if row[2] is not None]
    on_cases = sum(row[3] is not None for row in rows)
    return Figures(
        Figure(100 * on_cases / cases if cases else None, cases, of="practice cases"),
        share(sum(row[0] != "uphold" for row in decided), len(decided), of="decided challenges"),
        Figure(
            median((row[2] - row[1]) / DAY for row in decided) if decided else None, len(decided), unit="days",
            of="decided challenges",
        ),
    )  # fmt: skip
