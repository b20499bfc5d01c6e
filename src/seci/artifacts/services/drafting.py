"""An artifact written, revised, brought back to an earlier state, filed under an asset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from seci.accounts.actor import Actor
from seci.artifacts import store
from seci.artifacts.access import Artifact, claims, get_artifact, get_changeable, get_revision
from seci.artifacts.bodies import Body
from seci.artifacts.body import from_data, to_data
from seci.artifacts.citing import cited_claims, unsupported
from seci.artifacts.context import Context
from seci.artifacts.evidence import Claim
from seci.artifacts.fidelity import Fidelity
from seci.artifacts.services.finding import let_find
from seci.assets.access import get_asset
from seci.cases.access import get_bank
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.kit.ids import new_id
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.people.access import get_person
from seci.people.store import record

Cause = Literal["hand", "dialogue", "import", "restored", "claim", "challenge"]

LONGEST_TITLE = 160
LARGEST_BODY = 2_000_000
# Writing about an asset is contact with it, as much as one change of its files.
WRITING = 1000

_FIRST: Mapping[str, Kind] = {"dialogue": Kind.STRUCTURE, "import": Kind.IMPORT_EXTERNAL}


def create(
    actor: Actor,
    db: Database,
    type_name: str,
    title: str,
    body: Body | Mapping[str, Any],
    *,
    asset: int | None = None,
    owner: int | None = None,
    context: Context | None = None,
    claims: Sequence[Claim] = (),
    bank: int | None = None,
    fidelity: Fidelity | None = None,
    parents: Sequence[tuple[int, int]] = (),
    author: int | None = None,
    message: str = "",
    cause: Cause = "hand",
) -> Artifact:
    """A new draft with its first revision.

    body     of the class that belongs to the type, or its plain data
    owner    person id; left out, whoever writes it
    author   person id of whoever's knowledge it is; left out, whoever writes it
    parents  (artifact, number of its revision) that it was made from
    bank     case bank whose cases the evidence names

    Raises BadInput, with the place, for a body that is malformed; Refused for guests.
    """
    _member(actor, "write an artifact")
    whole = _body(type_name, body)
    context, author = _clean(context or Context()), actor.person if author is None else author
    wanted_asset = None if asset is None else get_asset(actor, db, asset).id
    owner = actor.person if owner is None else owner
    with db.transaction():
        at = now()
        artifact = store.insert_artifact(
            db,
            key=new_id().hex,
            type_name=type_name,
            title=tidy(title),
            asset=wanted_asset,
            owner=None if owner is None else get_person(actor, db, owner).id,
            bank=None if bank is None else get_bank(actor, db, bank).id,
            context=context,
            label=_label(fidelity),
            unsupported=_unsupported(whole, claims),
            at=at,
        )
        revision = store.insert_revision(
            db, artifact, 1, title=tidy(title), body=to_data(whole), context=context, author=author,
            by=actor.account, at=at, message=clean(message.strip()), cause=cause, fidelity=fidelity,
        )  # fmt: skip
        _lineage(actor, db, revision, parents)
        _cite(actor, db, artifact, 1, whole, claims)
        kind = _FIRST.get(cause, Kind.WRITE)
        _write_down(db, actor, kind, f"artifact {artifact} written", wanted_asset, artifact, 1, author)
        let_find(db, artifact)
        return get_artifact(actor, db, artifact)


def revise(
    actor: Actor,
    db: Database,
    artifact: int,
    body: Body | Mapping[str, Any],
    *,
    base: int,
    title: str | None = None,
    context: Context | None = None,
    claims: Sequence[Claim] = (),
    bank: int | None = None,
    fidelity: Fidelity | None = None,
    parents: Sequence[tuple[int, int]] = (),
    author: int | None = None,
    message: str = "",
    cause: Cause = "hand",
) -> Artifact:
    """The next revision. What is left out of title and context stays; the measured fidelity stays only with the body
    that it was measured on.

    base  number of the revision that was changed

    Saving what is there already changes nothing. Raises Conflict when somebody else has revised it since.
    """
    before = get_changeable(actor, db, artifact, "revise")
    if before.state == "retired":
        raise Conflict(f"{before.title} is retired; restore it before you revise it.")
    whole = _body(before.type, body)
    author = actor.person if author is None else author
    with db.transaction():
        last = get_revision(actor, db, artifact, _locked_head(db, artifact, base))
        wanted, words = tidy(title or last.title), _clean(context or last.context)
        same_body = to_data(whole) == last.body
        fidelity = last.fidelity if fidelity is None and same_body else fidelity
        is_same = same_body and (wanted, words, fidelity) == (last.title, last.context, last.fidelity)
        if is_same and not claims and bank in (None, before.bank):
            return before
        number = last.number if is_same else last.number + 1
        if not is_same:
            revision = store.insert_revision(
                db, artifact, number, title=wanted, body=to_data(whole), context=words, author=author,
                by=actor.account, at=now(), message=clean(message.strip()), cause=cause, fidelity=fidelity,
            )  # fmt: skip
            _lineage(actor, db, revision, [(artifact, last.number), *parents])
        _cite(actor, db, artifact, number, whole, claims)
        _settle(actor, db, artifact, number, wanted, words, whole, fidelity, bank)
        sentence = f"artifact {artifact} revised: {message.strip() or cause}"
        _write_down(db, actor, Kind.REVISE, sentence, before.asset, artifact, number, author)
        let_find(db, artifact)
        return get_artifact(actor, db, artifact)


def revert(actor: Actor, db: Database, artifact: int, number: int, *, base: int) -> Artifact:
    """Makes an earlier revision the latest again, as a new one; nothing in between is lost."""
    old = get_revision(actor, db, artifact, number)
    if number == get_artifact(actor, db, artifact).head:
        raise BadInput(f"r{number} is the latest revision already.")
    return revise(
        actor, db, artifact, old.body, base=base, title=old.title, context=old.context, fidelity=old.fidelity,
        parents=[(artifact, number)], author=old.author, message=f"as in r{number}", cause="restored",
    )  # fmt: skip


def file_under(actor: Actor, db: Database, artifact: int, asset: int | None) -> Artifact:
    """Says which asset an artifact is about; None is no asset in particular."""
    found = get_changeable(actor, db, artifact, "file")
    wanted = None if asset is None else get_asset(actor, db, asset).id
    with db.transaction():
        store.change(db, artifact, asset_id=wanted, changed_at=now())
        sentence = f"artifact {artifact} filed under asset {wanted}"
        record(db, actor, Kind.CATEGORIZE, sentence, asset=wanted, artifact=artifact, revision=found.head)
        let_find(db, artifact)
        return get_artifact(actor, db, artifact)


def tidy(title: str) -> str:
    title = " ".join(clean(title).split())
    if not title or len(title) > LONGEST_TITLE:
        raise BadInput(f"Give the artifact a title of 1 to {LONGEST_TITLE} characters.")
    return title


def _member(actor: Actor, deed: str) -> None:
    if not actor.is_at_least("member"):
        raise Refused(f"Guests may not {deed}; ask for the member role.")


def _body(type_name: str, body: Body | Mapping[str, Any]) -> Body:
    """The body checked: also one that was made in Python goes through its plain data, so that it can be read again."""
    data = dict(body) if isinstance(body, Mapping) else to_data(body)
    if len(str(data)) > LARGEST_BODY:
        raise BadInput(f"This body has more than {LARGEST_BODY:,} characters; split the artifact.")
    return from_data(type_name, data)


def _clean(context: Context) -> Context:
    return Context(clean(context.who.strip()), clean(context.situation.strip()), clean(context.exceptions.strip()))


def _label(fidelity: Fidelity | None) -> str:
    """What the fidelity has earned; empty where it was never measured."""
    return "" if fidelity is None else fidelity.label


def _unsupported(body: Body, claims: Sequence[Claim]) -> int:
    return len(unsupported(body, {claim.id for claim in claims if claim.status == "retracted"}))


def _locked_head(db: Database, artifact: int, base: int) -> int:
    head = store.take(db, artifact)
    if head != base:
        raise Conflict(
            f"Somebody has revised this artifact since: you changed r{base}, the latest is r{head}. "
            "Look at what is different and save again."
        )
    return head


def _lineage(actor: Actor, db: Database, revision: int, parents: Sequence[tuple[int, int]]) -> None:
    for artifact, number in parents:
        get_revision(actor, db, artifact, number)
    store.insert_parents(db, revision, parents)


def _cite(actor: Actor, db: Database, artifact: int, number: int, body: Body, fresh: Sequence[Claim]) -> None:
    """Writes the claims, and sees that nodes cite none that does not exist."""
    store.write_claims(db, artifact, number, fresh, now())
    known = {claim.id for claim in claims(actor, db, artifact)}
    if unknown := sorted(cited_claims(body) - known):
        raise NotFound(f"A node cites claim {unknown[0]}, which this artifact does not have; add the claim or drop it.")


def _settle(
    actor: Actor, db: Database, artifact: int, number: int, title: str, context: Context, body: Body,
    fidelity: Fidelity | None, bank: int | None,
) -> None:  # fmt: skip
    """What the artifact shows of its latest revision."""
    extra = {} if bank is None else {"bank_id": get_bank(actor, db, bank).id}
    store.change(
        db, artifact, head=number, title=title, who=context.who, situation=context.situation,
        exceptions=context.exceptions, label=_label(fidelity), changed_at=now(),
        unsupported=_unsupported(body, claims(actor, db, artifact)), **extra,
    )  # fmt: skip


def _write_down(
    db: Database, actor: Actor, kind: Kind, sentence: str, asset: int | None, artifact: int, number: int,
    author: int | None,
) -> None:  # fmt: skip
    record(db, actor, kind, sentence, subject=author, asset=asset, artifact=artifact, revision=number, weight=WRITING)
