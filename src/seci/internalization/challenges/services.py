"""What may be done about what is wrong: challenge it, look for what speaks against an artifact, decide."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.artifacts.access import Artifact, claims, get_artifact, get_changeable, get_revision, speaker_of
from seci.artifacts.body import from_data
from seci.artifacts.markdown import from_markdown
from seci.artifacts.services import retire, revise, same_type
from seci.artifacts.walk import nodes
from seci.internalization.challenges import store
from seci.internalization.challenges.access import Challenge, get_challenge
from seci.internalization.challenges.effects import added_nodes, changed_nodes, new_key
from seci.internalization.challenges.looking import findings
from seci.internalization.challenges.trigger import Finding
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.kit.ids import fingerprint
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.library import access as library
from seci.library import services as pages
from seci.library.markdown.reading import blocks
from seci.library.marking import Mark
from seci.library.marking import record as note
from seci.people.store import record

LONGEST = 4000
RESOLUTIONS = ("uphold", "amend", "split", "retire")


def challenge(
    actor: Actor,
    db: Database,
    artifact: int,
    sentence: str,
    *,
    node: str = "",
    change: str = "",
    revision: int | None = None,
    case: int | None = None,
    person: int | None = None,
) -> Challenge:
    """Says that something is wrong in an artifact: with its node, or with the answer to a case.

    sentence  what is wrong, and how one knows
    change    what it should say instead
    revision  number of the revision; left out, the published one, else the latest

    Raises NotFound for a node or a case that is not there, BadInput, Conflict when this person has challenged the
    same already, Refused for guests.
    """
    found = _about(actor, db, artifact)
    words = _words(sentence, "Say what is wrong, and how you know.")
    who = speaker_of(actor, db, person) if person is not None or actor.person is not None else None
    number = revision or found.published or found.head
    body = from_data(found.type, get_revision(actor, db, artifact, number).body)
    if node and node not in {one.id for one in nodes(body)}:
        raise NotFound(f"r{number} of {found.title} has no node {node[:40]!r}.")
    if case is not None and not _is_case(db, artifact, case):
        raise NotFound(f"{found.title} has no case {case}.")
    mark = f"appeal:{who}:{node}:{case or ''}"
    finding = Finding("appeal", node, words, mark, case=case)
    with db.transaction():
        made = store.insert(
            db,
            artifact,
            number,
            finding,
            change=clean(change).strip()[:LONGEST],
            person=who,
            by=actor.account,
            at=now(),
        )
        if made is None:
            raise Conflict("You have challenged this already, and it is not decided yet.")
        _event(actor, db, found, number, f"challenge {made}", who)
        return get_challenge(actor, db, made)


def challenge_document(
    actor: Actor,
    db: Database,
    document: int,
    sentence: str,
    *,
    quote: str = "",
    change: str = "",
    revision: int | None = None,
    person: int | None = None,
) -> Challenge:
    """Says that something is wrong in a document that readers have: with a passage, or with all of it.

    quote     the words that are wrong, as the page shows them or as they are written; empty is the whole page
    revision  number of the revision; left out, the latest

    Raises NotFound for words that the revision does not say, BadInput, Conflict, Refused for guests.
    """
    if not actor.is_at_least("member"):
        raise Refused("Only members of this instance may challenge a document.")
    found = library.get_document(actor, db, document)
    if found.state != "published":
        raise Conflict(f"{found.title} is {found.state}; only what readers have can be challenged.")
    said = _words(sentence, "Say what is wrong, and how you know.")
    who = speaker_of(actor, db, person) if person is not None or actor.person is not None else None
    number, passage = revision or found.head, " ".join(clean(quote).split())[:LONGEST]
    if passage and not _says(library.get_revision(actor, db, document, number).text, passage):
        raise NotFound(f"r{number} of {found.title} does not say “{passage[:60]}”; copy the words from the page.")
    mark = f"appeal:{who}:{fingerprint(passage)[:16] if passage else ''}"
    with db.transaction():
        made = store.insert(
            db, None, number, Finding("appeal", "", said, mark), change=clean(change).strip()[:LONGEST], person=who,
            by=actor.account, at=now(), document=document, quote=passage,
        )  # fmt: skip
        if made is None:
            raise Conflict("You have challenged this already, and it is not decided yet.")
        note(actor, db, Kind.CHALLENGE, f"challenge {made}", [Mark(document, number, found.asset, who)])
        return get_challenge(actor, db, made)


def raise_found(
    actor: Actor, db: Database, artifact: int, revision: int, finding: Finding, *, person: int | None = None
) -> int | None:
    """A challenge from what practice or work showed; None where the same was raised about this revision already."""
    if store.was_decided(db, artifact, revision, finding.mark):
        return None
    with db.transaction():
        made = store.insert(db, artifact, revision, finding, change="", person=person, by=actor.account, at=now())
        if made is not None:
            _event(
                actor, db, get_artifact(actor, db, artifact), revision, f"challenge {made}: {finding.trigger}", person
            )
        return made


def look(actor: Actor, db: Database, artifact: int) -> tuple[int, ...]:
    """Looks through panels and attempts for what speaks against an artifact; the numbers of the new challenges."""
    found = get_changeable(actor, db, artifact, "look for challenges of")
    number = found.published or found.head
    panel, attempts = store.panel_answers(db, artifact), store.unaided(db, artifact)
    keys = {one.id: one.key for one in store.keyed_cases(db, artifact)}
    with db.transaction():
        made = [raise_found(actor, db, artifact, number, one) for one in findings(panel, attempts, keys)]
    return tuple(one for one in made if one is not None)


def decide(
    actor: Actor,
    db: Database,
    challenge: int,
    resolution: str,
    reason: str,
    *,
    text: str = "",
    base: int | None = None,
) -> Challenge:
    """The owner's answer.

    resolution  uphold: it stays, the reason is kept with the case. amend: the node or page says something else.
                split: an exception becomes a node. retire: the node goes; without a text, the whole goes out of use
    text        the artifact or document as Markdown with the change made, for amend and split
    base        number of the revision that the text was made from; left out, the latest

    A changed node re-keys its cases, and its cards go back to the artifact on request; attempts keep the key they
    were judged by. Raises BadInput where the text does not do what is said, Conflict, Refused.
    """
    asked = get_challenge(actor, db, challenge)
    if asked.artifact is None:
        return _decide_on_page(actor, db, asked, resolution, reason, text, base)
    found = get_changeable(actor, db, asked.artifact, "decide on challenges of")
    words = _reason(asked, resolution, reason)
    with db.transaction():
        answer: int | None = None
        effect: dict[str, object] = {}
        if resolution in ("amend", "split") or (resolution == "retire" and text.strip()):
            answer, effect = _changed(actor, db, found, asked, resolution, words, text, base)
        elif resolution == "retire":
            retire(actor, db, found.id, words)
        _settle(actor, db, asked, resolution, words, answer, effect)
        sentence = f"challenge {challenge}: {resolution}"
        record(
            db, actor, Kind.DECIDE, sentence, other=asked.challenger if asked.challenger != actor.person else None,
            asset=found.asset, artifact=found.id, revision=answer or asked.revision,
        )  # fmt: skip
        return get_challenge(actor, db, challenge)


def _decide_on_page(
    actor: Actor, db: Database, asked: Challenge, resolution: str, reason: str, text: str, base: int | None
) -> Challenge:
    found = library.get_changeable(actor, db, asked.document or 0, "decide on challenges of")
    words = _reason(asked, resolution, reason)
    if resolution == "split":
        raise BadInput("A document has no nodes to split; amend its text, or say that it stands.")
    with db.transaction():
        answer: int | None = None
        if resolution == "amend":
            if not text.strip():
                raise BadInput("Give the text of the document with the change made.")
            number = base or found.head
            message = f"challenge {asked.id}: {words}"[:300]
            answer = pages.revise(actor, db, found.id, text, base=number, message=message).head
            if answer == number:
                raise BadInput("The text changes nothing; uphold the challenge, or make the change in the text.")
        elif resolution == "retire":
            pages.retire(actor, db, found.id, words)
        _settle(actor, db, asked, resolution, words, answer, {})
        mark = Mark(found.id, answer or asked.revision, found.asset)
        note(actor, db, Kind.DECIDE, f"challenge {asked.id}: {resolution}", [mark])
        return get_challenge(actor, db, asked.id)


def _reason(asked: Challenge, resolution: str, reason: str) -> str:
    """The reason, once it is sure that this may be decided so."""
    words = _words(reason, "Give the reason for the decision; whoever challenged it should understand it.")
    if resolution not in RESOLUTIONS:
        raise BadInput(f"Decide {', '.join(RESOLUTIONS)}; {resolution[:30]!r} is none of these.")
    if asked.state != "open":
        raise Conflict(f"Challenge {asked.id} is decided already: {asked.resolution}.")
    return words


def _settle(
    actor: Actor, db: Database, asked: Challenge, resolution: str, reason: str, answer: int | None,
    effect: dict[str, object],
) -> None:  # fmt: skip
    if not store.settle(db, asked.id, resolution, reason, answer, effect, actor.person, now()):
        raise Conflict(f"Challenge {asked.id} was decided by somebody else just now; load the page again.")


def _says(text: str, passage: str) -> bool:
    """Whether a text says these words, as they are written or as a page shows them."""
    shown = " ".join(block.text for block in blocks(text))
    return any(passage.casefold() in " ".join(one.split()).casefold() for one in (text, shown))


def _changed(
    actor: Actor, db: Database, found: Artifact, asked: Challenge, resolution: str, reason: str, text: str,
    base: int | None,
) -> tuple[int, dict[str, object]]:  # fmt: skip
    """The new revision, and what it changes in practice."""
    if not text.strip():
        raise BadInput("Give the text of the artifact with the change made; its Markdown is the place to begin.")
    content = from_markdown(text)
    same_type(found, content)
    number = base or found.head
    before = from_data(found.type, get_revision(actor, db, found.id, number).body)
    touched, added = changed_nodes(before, content.body), added_nodes(before, content.body)
    if not touched:
        raise BadInput("The text changes no node; uphold the challenge, or make the change in the text.")
    if resolution == "amend" and asked.node and asked.node not in touched:
        raise BadInput(f"The text leaves node {asked.node} as it is, and that is the one that was challenged.")
    if resolution == "split" and not added:
        raise BadInput("The text has no new node; a split makes the exception a node of its own.")
    if resolution == "retire" and asked.node in {one.id for one in nodes(content.body)}:
        raise BadInput(f"The text still has node {asked.node}; take it out.")
    known = {one.id for one in claims(actor, db, found.id)}
    after = revise(
        actor, db, found.id, content.body, base=number, title=content.title, context=content.context,
        claims=[one for one in content.claims if one.id not in known],
        message=f"challenge {asked.id}: {reason}"[:300], cause="challenge",
    )  # fmt: skip
    at, rekeyed, waiting = now(), [], []
    for case in store.keyed_cases(db, found.id):
        if not {case.node, *case.nodes} & touched:
            continue
        option = new_key(content.body, case.facts, case.options)
        if option is None:
            waiting.append(case.id)
        elif option != case.key:
            store.write_key(db, case, option, after.head, at)
            rekeyed.append(case.id)
    lowered = store.lower_cards(db, found.id, sorted(touched), after.head, at)
    return after.head, {"nodes": sorted(touched), "rekeyed": rekeyed, "waiting": waiting, "lowered": lowered}


def _about(actor: Actor, db: Database, artifact: int) -> Artifact:
    found = get_artifact(actor, db, artifact)
    if not actor.is_at_least("member"):
        raise Refused("Only members of this instance may challenge an artifact.")
    if found.state == "retired":
        raise Conflict(f"{found.title} is out of use; there is nothing to challenge.")
    return found


def _is_case(db: Database, artifact: int, case: int) -> bool:
    return bool(
        db.rows(
            "SELECT 1 FROM internalization_practicecase c JOIN internalization_pattern p ON p.id = c.pattern_id "
            "WHERE c.id = ? AND p.artifact_id = ?",
            [case, artifact],
        )
    )


def _event(actor: Actor, db: Database, found: Artifact, revision: int, sentence: str, person: int | None) -> None:
    record(db, actor, Kind.CHALLENGE, sentence, subject=person, asset=found.asset, artifact=found.id, revision=revision)


def _words(text: str, sentence: str) -> str:
    words = clean(text).strip()[:LONGEST]
    if not words:
        raise BadInput(sentence)
    return words
