"""A dialogue is opened, agreed to, rested, taken up again and called off."""

from __future__ import annotations

import json
from dataclasses import replace

from seci.accounts.actor import Actor
from seci.assets.access import Asset, get_asset
from seci.cases.access import Bank, get_bank
from seci.externalization import store
from seci.externalization.access import Elicitation, State, elicitations, get_known, get_own, owns_the_machine
from seci.externalization.memory import setting_data
from seci.externalization.state import Setting
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, Refused
from seci.kit.ids import new_id
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.people.access import get_person
from seci.people.ba import Ba
from seci.people.services import open_ba
from seci.people.store import record

RULES = "What is said stays with the expert until it is signed; any of it can be taken back."


def open_interview(
    actor: Actor,
    db: Database,
    setting: Setting,
    *,
    asset: int | None = None,
    bank: int | None = None,
    expert: int | None = None,
    artifact: int | None = None,
    title: str = "",
    ba: Ba | None = None,
) -> Elicitation:
    """Opens a dialogue.

    setting   what is decided, which protocol or conversion, minutes; cases and attributes come from `bank` if given
    expert    the person whose judgement is drawn out; left out, whoever opens it
    artifact  an artifact that it is to revise
    ba        the shared context; left out, one for this dialogue is opened
    Members open their own; for somebody else it takes a facilitator, or the owner of the machine. Raises NotFound,
    BadInput, Refused.
    """
    _may_open(actor, expert)
    about = get_asset(actor, db, asset) if asset is not None else None
    cases = get_bank(actor, db, bank) if bank is not None else None
    who = get_person(actor, db, expert).id if expert is not None else actor.person
    setting = _settled(setting, about, cases)
    named = _title(title or setting.decision or (about.name if about else "") or setting.conversion or "", about)
    at, is_own = now(), who == actor.person
    with db.transaction():
        context = open_ba(actor, db, ba or _ba(actor, named, who))
        rows = db.rows(
            "INSERT INTO externalization_elicitation (title, asset_id, conversion, protocol, bank_id, setting, seed, "
            "state, artifact, facilitator, expert_id, account, ba_id, consent, opened_at, changed_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            [
                named, asset, setting.conversion or "", setting.protocol, bank,
                json.dumps(setting_data(setting, uses_bank=bank is not None)), setting.seed or new_id().int % 2**31,
                "open", artifact, actor.account, who, actor.account if is_own else None, context, "{}", at, at,
            ],
        )  # fmt: skip
        record(db, actor, Kind.REQUEST, f"interview {rows[0][0]} opened", other=None if is_own else who, asset=asset)
    return elicitations(db, "WHERE id = ?", [rows[0][0]])[0]


def consent(
    actor: Actor,
    db: Database,
    elicitation: int,
    *,
    study: bool = False,
    named: bool = False,
    partner: bool = False,
) -> Elicitation:
    """The expert agrees that answers are recorded. Nothing is recorded before; agreeing again changes the terms.

    study  the words may be exported for study, with roles instead of names
    named  the name may stand beside judgements and claims
    partner  a language model may read along and propose; `partner.queries.disclosure` says where the words go
    """
    found = get_own(actor, db, elicitation)
    at = now()
    with db.transaction():
        terms = json.dumps({"study": study, "named": named, "partner": partner})
        account = found.account if found.account is not None else actor.account
        agreed = {"consented_at": found.consented_at or at, "consent": terms, "account": account}
        store.change(db, found.id, at, agreed)
        store.show_names(db, found.id, named)
        record(db, actor, Kind.DECIDE, f"interview {found.id}: recording agreed to", subject=found.expert)
    return get_own(actor, db, elicitation)


def pause(actor: Actor, db: Database, elicitation: int) -> Elicitation:
    """Rests a dialogue; the question that waits is asked again when it goes on."""
    found = get_own(actor, db, elicitation)
    return found if found.state == "paused" else _moved(actor, db, found, "paused")


def resume(actor: Actor, db: Database, elicitation: int) -> Elicitation:
    """Takes a dialogue up where it rested; one that was called off, too."""
    found = get_own(actor, db, elicitation)
    if found.state == "finished":
        raise Conflict("This interview is signed and over; open a new one to change its artifact.")
    return found if found.state == "open" else _moved(actor, db, found, "open")


def abandon(actor: Actor, db: Database, elicitation: int) -> Elicitation:
    """Calls a dialogue off: by its expert, or by whoever looks after it. What was said stays the expert's."""
    found = get_known(actor, db, elicitation)
    if found.state == "finished":
        raise Conflict("This interview is signed and over; there is nothing left to call off.")
    return found if found.state == "abandoned" else _moved(actor, db, found, "abandoned")


def _moved(actor: Actor, db: Database, found: Elicitation, state: State) -> Elicitation:
    if found.is_over and state == "paused":
        raise Conflict("This interview is over; there is nothing left to rest.")
    with db.transaction():
        store.change(db, found.id, now(), {"state": state})
        record(db, actor, Kind.DECIDE, f"interview {found.id} {state}", subject=found.expert, asset=found.asset)
    return elicitations(db, "WHERE id = ?", [found.id])[0]


def _may_open(actor: Actor, expert: int | None) -> None:
    if not actor.is_at_least("member"):
        raise Refused("Interviews are opened by members of this instance; ask an admin for that role.")
    if expert is not None and expert != actor.person and not actor.is_at_least("facilitator"):
        raise Refused("Only facilitators, leads and admins may open an interview for somebody else.")


def _settled(setting: Setting, asset: Asset | None, bank: Bank | None) -> Setting:
    """The setting with what asset and bank say already."""
    if setting.minutes < 1 or setting.minutes > 240:
        raise BadInput(f"An interview takes 1 to 240 minutes, not {setting.minutes}.")
    return replace(
        setting,
        asset=setting.asset or (asset.name if asset else ""),
        decision=clean(setting.decision).strip()[:500] or (bank.decision if bank else ""),
    )


def _title(text: str, asset: Asset | None) -> str:
    tidy = " ".join(clean(text).replace("_", " ").split())[:200]
    return tidy or (asset.name if asset else "An interview")


def _ba(actor: Actor, purpose: str, expert: int | None) -> Ba:
    people = tuple(person for person in dict.fromkeys((expert, actor.person)) if person is not None)
    place = "the terminal" if owns_the_machine(actor) else "the pages of SECI"
    return Ba("dialoguing", purpose, people, place, "once, with pauses", RULES)
