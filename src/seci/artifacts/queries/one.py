# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters
"""One artifact: what it says, what it rests on, how it stands; run on a case; compared with another state of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from seci.accounts.actor import Actor
from seci.artifacts.access import (
    REMARKS_BY,
    Artifact,
    Recording,
    Revision,
    claims,
    get_artifact,
    get_revision,
    may_change,
    read,
    recordings,
    revisions,
)
from seci.artifacts.bodies import Body
from seci.artifacts.body import DECIDING, from_data
from seci.artifacts.checks import blocks, check
from seci.artifacts.context import Context
from seci.artifacts.contribution import contribution, holding, is_waiting
from seci.artifacts.diff import diff
from seci.artifacts.evidence import Claim
from seci.artifacts.execution import evaluate as run
from seci.artifacts.fidelity import Fidelity
from seci.artifacts.reading import asked, read_values
from seci.artifacts.scales import lines
from seci.artifacts.trace import why
from seci.artifacts.verification import verification
from seci.artifacts.views import (
    ArtifactLink,
    ArtifactPage,
    CaseLink,
    DiffPage,
    NodeRow,
    RecordingRow,
    RevisionRow,
    Statement,
    Tried,
)
from seci.artifacts.walk import Node
from seci.assets.access import asset_link, in_use
from seci.kit.clock import now
from seci.kit.database import Database, batches, values
from seci.kit.figures import Figure
from seci.people import queries as people
from seci.people.views import PersonRef

_BATCH = 400


def artifact(actor: Actor, db: Database, artifact: int, number: int | None = None) -> ArtifactPage:
    """Everything about one revision of an artifact; without a number the latest, for guests the published one.

    Guests see what it says and how it stands, and no people, quotes or recordings.
    """
    found, shown = read(actor, db, artifact, number)
    body = from_data(found.type, shown.body)
    is_member = actor.is_at_least("member")
    every = claims(actor, db, artifact)
    past = revisions(actor, db, artifact) if is_member else []
    kept = recordings(actor, db, artifact)
    named = _named(actor, db, found, past, every, kept) if is_member else {}
    statements = _statements(every, kept, named) if is_member else ()
    asset = asset_link(db, found.asset)
    return ArtifactPage(
        artifact=found,
        revision=shown,
        body=body,
        verification=verification(shown.number, found.verified_revision, found.verified_at, found.expires_at, now()),
        nodes=_nodes(db, found, body, statements),
        statements=statements,
        contribution=contribution(every),
        findings=check(body, shown.context),
        obstacles=tuple(obstacles(actor, db, artifact)) if is_member else (),
        **_figures(shown.fidelity),
        revisions=_past(db, past, named),
        derived=_derived(db, found) if is_member else (),
        recordings=tuple(
            RecordingRow(
                one,
                named.get(one.consent_by) if one.consent_by else None,
                may_change(actor, found.owner) or (actor.person is not None and actor.person == one.consent_by),
            )
            for one in kept
        ),
        asset=asset,
        assets=in_use(db) if may_change(actor, found.owner) else (),
        owner=named.get(found.owner) if found.owner else None,
        verified_by=named.get(found.verified_by) if found.verified_by else None,
        attributes=asked(body),
        decides=found.type in DECIDING and bool(asked(body)),
        may_change=may_change(actor, found.owner),
        may_sign=is_member and actor.person is not None and shown.signed_at is None,
        retired_because=_retired_because(db, found),
        remarks=tuple(one for said in REMARKS_BY for one in said(db, artifact)) if is_member else (),
    )


def obstacles(actor: Actor, db: Database, artifact: int) -> list[str]:
    """What stands between the latest revision and its publication, each in words; empty when nothing does."""
    found, last = get_artifact(actor, db, artifact), get_revision(actor, db, artifact)
    lacking = []
    if waiting := contribution(claims(actor, db, artifact)).waiting:
        are = "claim waits" if waiting == 1 else "claims wait"
        lacking.append(f"{waiting} {are} for a person to confirm or take back")
    if missing := last.context.missing:
        lacking.append(f"it does not say {', '.join(missing)}")
    return lacking + [one.words.rstrip(".") for one in blocks(check(from_data(found.type, last.body)))]


def evaluate(actor: Actor, db: Database, artifact: int, said: Mapping[str, Any], *, number: int | None = None) -> Tried:
    """Runs an artifact on a case and says why it answers so.

    said  by attribute key: numbers, levels, booleans, or text as people write it; what is left out is not known

    Raises BadInput for an attribute that does not exist, a value that does not fit, or a type that comes to no
    outcome by itself.
    """
    found, shown = read(actor, db, artifact, number)
    body = from_data(found.type, shown.body)
    facts = read_values(body, said)
    trace = run(body, facts)
    return Tried(found, shown.number, facts, trace, why(trace))


def compare(actor: Actor, db: Database, artifact: int, before: int, after: int) -> DiffPage:
    """What changed from one revision to another, in words."""
    found, one = read(actor, db, artifact, before)
    two = get_revision(actor, db, artifact, after)
    bodies = from_data(found.type, one.body), from_data(found.type, two.body)
    return DiffPage(found, before, after, diff(*bodies), _words_changed(one.title, one.context, two.title, two.context))


def preview(
    actor: Actor, db: Database, artifact: int, body: Body, title: str, context: Context, *, base: int
) -> DiffPage:
    """What a text that is not saved yet would change."""
    found, one = get_artifact(actor, db, artifact), get_revision(actor, db, artifact, base)
    return DiffPage(
        found, base, None, diff(from_data(found.type, one.body), body),
        _words_changed(one.title, one.context, title, context),
    )  # fmt: skip


def _words_changed(
    title: str, context: Context, new_title: str, new_context: Context
) -> tuple[tuple[str, str, str], ...]:
    pairs = (
        ("Title", title, new_title),
        ("Who it is for", context.who, new_context.who),
        ("When it holds", context.situation, new_context.situation),
        ("Exceptions", context.exceptions, new_context.exceptions),
    )
    return tuple((what, before, after) for what, before, after in pairs if before.strip() != after.strip())


def _named(
    actor: Actor,
    db: Database,
    found: Artifact,
    past: Sequence[Revision],
    every: Sequence[Claim],
    kept: Sequence[Recording],
) -> dict[int, PersonRef]:
    ids = {found.owner, found.verified_by, *(one.confirmed_by for one in every), *(one.consent_by for one in kept)}
    ids |= {person for one in past for person in (one.author, one.signed_by)}
    return people.names(actor, db, sorted(id_ for id_ in ids if id_ is not None))


def _statements(
    every: Sequence[Claim], kept: Sequence[Recording], named: Mapping[int, PersonRef]
) -> tuple[Statement, ...]:
    standing, by_source = {claim.id for claim in holding(every)}, {one.source: one for one in kept}
    rows = []
    for claim in every:
        recording = by_source.get(claim.source)
        rows.append(
            Statement(
                claim,
                holds=claim.id in standing,
                waits=is_waiting(claim),
                confirmed_by=named.get(claim.confirmed_by) if claim.confirmed_by else None,
                recording=recording.id if recording else None,
                second=recording.transcript.second_at(claim.start) if recording else None,
            )
        )
    return tuple(rows)


def _nodes(db: Database, found: Artifact, body: Body, statements: Sequence[Statement]) -> tuple[NodeRow, ...]:
    every = list(lines(body, steps=True))
    said = {one.claim.id: one for one in statements}
    cases = _cases(db, found.bank, {case for node in every for case in _cited(node)})
    depth: dict[str, int] = {}
    rows = []
    for node in every:
        depth[node.id] = depth.get(node.parent, -1) + 1 if node.parent else 0
        resting = node.evidence
        stands = [said[claim] for claim in resting.claims if claim in said]
        gone = {one.claim.id for one in stands if not one.holds}
        rows.append(
            NodeRow(
                node,
                node.words,
                tuple(stands),
                tuple(cases[case] for case in resting.cases_for),
                tuple(cases[case] for case in resting.cases_against),
                cases[resting.cornerstone] if resting.cornerstone else None,
                supported=bool(resting.cases_for or set(resting.claims) - gone),
                depth=depth[node.id],
            )
        )
    return tuple(rows)


def _cited(node: Node) -> Iterable[str]:
    resting = node.evidence
    return (*resting.cases_for, *resting.cases_against, *([resting.cornerstone] if resting.cornerstone else []))


def _cases(db: Database, bank: int | None, keys: Iterable[str]) -> dict[str, CaseLink]:
    wanted = sorted(keys)
    found = {key: CaseLink(key) for key in wanted}
    if bank is not None:
        for batch in batches(wanted, _BATCH):
            for key, title in db.rows(
                f"SELECT key, title FROM cases_case WHERE bank_id = ? AND key IN {values(len(batch))}", [bank, *batch]
            ):
                found[key] = CaseLink(key, title, bank)
    return found


def _figures(measured: Fidelity | None) -> dict[str, Figure | None]:
    if measured is None:
        return {}
    return {
        "fidelity": Figure(
            measured.share, measured.n, measured.lower95, None, level=0.95, of="blind audits", unit="share"
        ),
        "kappa": Figure(measured.kappa, measured.n, of="blind audits"),
        "consistency": Figure(measured.consistency, measured.repeats, of="repeated cases", unit="share"),
        "stability": Figure(measured.stability, measured.n, of="answers", unit="share"),
    }


def _past(db: Database, past: Sequence[Revision], named: Mapping[int, PersonRef]) -> tuple[RevisionRow, ...]:
    if not past:
        return ()
    parents: dict[int, list[ArtifactLink]] = {}
    for child, id_, title, number in db.rows(
        "SELECT l.revision_id, a.id, a.title, p.number FROM artifacts_parent l "
        "JOIN artifacts_revision c ON c.id = l.revision_id JOIN artifacts_revision p ON p.id = l.parent_id "
        "JOIN artifacts_artifact a ON a.id = p.artifact_id WHERE c.artifact_id = ? ORDER BY l.id",
        [past[0].artifact],
    ):
        parents.setdefault(child, []).append(ArtifactLink(id_, title, number))
    return tuple(
        RevisionRow(
            one,
            named.get(one.author) if one.author else None,
            named.get(one.signed_by) if one.signed_by else None,
            tuple(link for link in parents.get(one.id, ()) if (link.id, link.number) != (one.artifact, one.number - 1)),
        )
        for one in past
    )


def _derived(db: Database, found: Artifact) -> tuple[ArtifactLink, ...]:
    """Artifacts that were made from this one."""
    rows = db.rows(
        "SELECT a.id, a.title, MIN(c.number) FROM artifacts_parent l JOIN artifacts_revision p ON p.id = l.parent_id "
        "JOIN artifacts_revision c ON c.id = l.revision_id JOIN artifacts_artifact a ON a.id = c.artifact_id "
        "WHERE p.artifact_id = ? AND a.id <> ? GROUP BY a.id, a.title ORDER BY a.id",
        [found.id, found.id],
    )
    return tuple(ArtifactLink(*row) for row in rows)


def _retired_because(db: Database, found: Artifact) -> str:
    if found.state != "retired":
        return ""
    rows = db.rows(
        "SELECT reason FROM artifacts_retirement WHERE artifact_id = ? AND restored_at IS NULL ORDER BY id DESC",
        [found.id],
    )
    return str(rows[0][0]) if rows else ""
