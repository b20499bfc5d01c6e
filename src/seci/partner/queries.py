"""Reads of the partner: who it is, where words would go, how its calls went."""

from __future__ import annotations

from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.kit.clock import DAY, Micros, now
from seci.kit.database import Database
from seci.kit.errors import Refused
from seci.kit.instance import Instance
from seci.partner import key, store
from seci.partner.outcome import SENTENCES, resting_until
from seci.partner.setting import PROVIDERS, Setting, from_environment
from seci.partner.store import Tally

SHOWN_DAYS = 30


@dataclass(frozen=True, slots=True)
class Standing:
    """The partner as an admin sees it. The key itself is shown to nobody; whether there is one is.

    fixed     the environment of the server names it: it cannot be changed here
    rests     until when it is left alone after failures, in microseconds; None when it may be asked
    latest    how the last call ended, in a sentence; empty when there was none
    tallies   calls of the last 30 days by purpose and ending
    """

    setting: Setting | None
    fixed: bool
    has_key: bool
    rests: Micros | None
    latest: str
    tallies: tuple[Tally, ...]
    days: int = SHOWN_DAYS

    @property
    def provider(self) -> str:
        return PROVIDERS[self.setting.provider] if self.setting else ""

    @property
    def calls(self) -> int:
        return sum(each.calls for each in self.tallies)

    @property
    def answered(self) -> int:
        return sum(each.calls for each in self.tallies if each.ending == "answered")

    @property
    def dropped(self) -> int:
        return sum(each.dropped for each in self.tallies)

    @property
    def kept(self) -> int:
        return sum(each.kept for each in self.tallies)


def standing(actor: Actor, db: Database) -> Standing:
    """Who the partner is and how its calls went, for admins."""
    if not actor.is_at_least("admin"):
        raise Refused("Only an admin sees who the partner is and how it does.")
    calls, at = store.latest(db), now()
    until = resting_until(calls)
    return Standing(
        setting=store.current(db),
        fixed=from_environment() is not None,
        has_key=key.is_there(Instance.from_environment().data),
        rests=until if until is not None and until > at else None,
        latest=SENTENCES[calls[0].ending] if calls else "",
        tallies=tuple(store.tallies(db, at - SHOWN_DAYS * DAY)),
    )


def is_on(actor: Actor, db: Database) -> bool:
    """Whether a partner may be asked at all in this instance."""
    setting = store.current(db)
    return setting is not None and setting.on


def disclosure(actor: Actor, db: Database) -> str:
    """What anybody must know before agreeing to a partner: where their words go. Empty when there is none."""
    setting = store.current(db)
    if setting is None or not setting.on:
        return ""
    place = (
        "a language model on this server" if setting.is_local else f"a language model at {setting.host}, outside of it"
    )
    return (
        f"With a partner, what you type in this dialogue is sent to {place} ({setting.model}); your name is not. "
        "It only proposes: nothing counts until you confirm it. Without a partner the dialogue asks the same questions."
    )
