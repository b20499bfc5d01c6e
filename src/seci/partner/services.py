"""Asking the partner, and saying who it is. Whatever happens at its end, a caller gets an answer in time.

A call waits at most the seconds that the setting allows. A page never waits for one: what follows an answer runs as
a job, and only a person who asks for other words waits for them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from seci.accounts.actor import Actor
from seci.kit.clock import Micros, now, stopwatch
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, Refused
from seci.kit.instance import Instance
from seci.partner import checking, failure, key, store
from seci.partner import setting as settings
from seci.partner.background import within
from seci.partner.outcome import SENTENCES, WENT_ON, Ending, resting_until
from seci.partner.proposal import About, Column, Heard, Made, Partner, Raw
from seci.partner.setting import SECONDS, Setting

log = logging.getLogger("seci.partner")
Checked = TypeVar("Checked", Heard, Made)


@dataclass(frozen=True, slots=True)
class Help:
    """What came of asking.

    ending  how the call ended; None when there was none (no partner, or it rests after failures)
    remark  one sentence to show beside the engine's own question; empty when there is nothing to say
    """

    heard: Heard = field(default_factory=Heard)
    made: Made = field(default_factory=Made)
    ending: Ending | None = None
    remark: str = ""


def listen(actor: Actor, db: Database, words: str, about: About, *, partner: Partner | None = None) -> Help:
    """Claims, probes and analogies in what somebody said, each at its place in `words`. Call it outside of any
    transaction and after the answer is written down.

    partner  another one than the instance has
    """
    if not words.strip():
        return Help()
    help_, checked = _ask(
        db, "listen", lambda one: one.listen(words, about), lambda raw: checking.heard(raw, words), Heard(), partner
    )
    return replace(help_, heard=checked)


def word(actor: Actor, db: Database, question: str, about: About, *, partner: Partner | None = None) -> Help:
    """The engine's question in other words; `made.wording` is empty where it stays as it is."""
    help_, checked = _ask(
        db,
        "word",
        lambda one: one.word(question, about),
        lambda raw: checking.wording(raw, question),
        Made(),
        partner,
    )
    return replace(help_, made=checked)


def edge_cases(
    actor: Actor,
    db: Database,
    columns: Sequence[Column],
    artifact: str,
    about: About,
    *,
    count: int = 3,
    partner: Partner | None = None,
) -> Help:
    """Situations near the borders of the artifact, for the expert to judge or to call impossible."""
    help_, checked = _ask(
        db,
        "cases",
        lambda one: one.edge_cases(tuple(columns), artifact, about, count),
        lambda raw: checking.edge_cases(raw, columns, count),
        Made(),
        partner,
    )
    return replace(help_, made=checked)


def draft(
    actor: Actor, db: Database, claims: Mapping[str, str], about: About, *, partner: Partner | None = None
) -> Help:
    """Prose from confirmed claims (id → text); each sentence names the claims that it says again."""
    if not claims:
        return Help()
    help_, checked = _ask(
        db,
        "draft",
        lambda one: one.draft(claims, about),
        lambda raw: checking.sentences(raw, claims),
        Made(),
        partner,
    )
    return replace(help_, made=checked)


def choose(
    actor: Actor,
    db: Database,
    provider: str,
    model: str,
    *,
    url: str = "",
    manner: str = "",
    seconds: float = SECONDS,
    on: bool = True,
    secret: str | None = None,
) -> Setting:
    """Says who the partner is. `secret` is its key: None leaves the one there is, "" takes it away.

    A key belongs to the address it was given for: with another address it must be given anew.
    """
    need_admin(actor)
    need_own_word()
    chosen = settings.checked(provider, url, model, manner=manner, seconds=seconds, on=on)
    before = store.read(db)
    moved = before is not None and before.url != chosen.url
    data = Instance.from_environment().data
    if secret is None and moved and key.is_there(data):
        raise BadInput("The address is another one now: give the key again, or an empty one to do without.")
    if secret is not None:
        key.keep(data, secret)
    store.write(db, chosen, actor.account, now())
    return chosen


def switch(actor: Actor, db: Database, on: bool) -> Setting:
    """Lets the partner be asked, or leaves it alone, in all dialogues."""
    need_admin(actor)
    need_own_word()
    chosen = store.read(db)
    if chosen is None:
        raise BadInput("There is no partner to switch; say first who it is.")
    store.write(db, replace(chosen, on=on), actor.account, now())
    return replace(chosen, on=on)


def forget(actor: Actor, db: Database) -> None:
    """Takes partner and key away. What it has proposed and a human has confirmed stays."""
    need_admin(actor)
    need_own_word()
    key.keep(Instance.from_environment().data, "")
    store.remove(db)


def try_out(actor: Actor, db: Database, *, partner: Partner | None = None) -> Help:
    """One call with a sentence of our own, whether the partner is on or not, and however it rested."""
    need_admin(actor)
    chosen = store.current(db)
    if chosen is None and partner is None:
        raise BadInput("There is no partner to try; say first who it is.")
    words = "I look at the share of missing values first; above five percent I send the table back."
    about = About(topic="Is this table fit for training?", question="What do you look at first?")
    help_, checked = _call(
        db,
        "test",
        chosen,
        partner,
        lambda one: one.listen(words, about),
        lambda raw: checking.heard(raw, words),
        Heard(),
    )
    return replace(help_, heard=checked, remark=SENTENCES[help_.ending or "failed"])


def sweep(actor: Actor, db: Database) -> int:
    """Forgets calls of more than 90 days ago."""
    return store.sweep(db, now())


def need_admin(actor: Actor) -> None:
    if not actor.is_at_least("admin"):
        raise Refused("Only an admin may say who the partner is.")


def need_own_word() -> None:
    if settings.from_environment() is not None:
        raise Conflict("The environment of the server names the partner (SECI_PARTNER_PROVIDER); change it there.")


def _ask(
    db: Database,
    purpose: str,
    question: Callable[[Partner], Coroutine[Any, Any, Raw]],
    check: Callable[[Raw], Checked],
    nothing: Checked,
    partner: Partner | None,
) -> tuple[Help, Checked]:
    chosen = None if partner is not None else store.current(db)
    if partner is None and (chosen is None or not chosen.on):
        return Help(), nothing
    until = resting_until(store.latest(db))
    if until is not None and until > now():
        return Help(remark=WENT_ON), nothing
    return _call(db, purpose, chosen, partner, question, check, nothing)


def _call(
    db: Database,
    purpose: str,
    chosen: Setting | None,
    partner: Partner | None,
    question: Callable[[Partner], Coroutine[Any, Any, Raw]],
    check: Callable[[Raw], Checked],
    nothing: Checked,
) -> tuple[Help, Checked]:
    at, begin = now(), stopwatch()
    result = nothing
    tokens: tuple[int | None, int | None] = (None, None)
    ending: Ending = "answered"
    try:
        one = partner or _reached(chosen)
        begin = stopwatch()  # loading the libraries is no work of the partner's
        raw = within(chosen.seconds if chosen else SECONDS, question(one))
        result, tokens = check(raw), (raw.tokens_in, raw.tokens_out)
    except Exception as error:
        ending = failure.ending_of(error)
        # The class alone: the message of a library may repeat what was sent.
        log.warning("The partner was asked to %s: %s (%s)", purpose, SENTENCES[ending], type(error).__name__)
    _count(db, purpose, ending, at, begin, result, tokens)
    return Help(ending=ending, remark="" if ending == "answered" else WENT_ON), result


def _count(
    db: Database, purpose: str, ending: Ending, at: Micros, begin: float, result: Heard | Made, tokens: Any
) -> None:
    ms = int((stopwatch() - begin) * 1000)
    store.count(db, purpose, ending, at, ms, kept=result.kept, dropped=result.dropped, tokens=tokens)


def _reached(chosen: Setting | None) -> Partner:
    from seci.partner.language_model import load, reached

    assert chosen is not None
    load(chosen)
    return reached(chosen, key.read(Instance.from_environment().data))
