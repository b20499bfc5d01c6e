"""An interview for a program: one JSON document a line out, one a line in."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from seci.accounts.actor import Actor
from seci.externalization import queries, services
from seci.externalization.access import Elicitation
from seci.externalization.codec import read_answer
from seci.externalization.showing.relay import CONSENT, relayed
from seci.externalization.turn import Done
from seci.kit.database import Database
from seci.kit.errors import BadInput, Refused


def converse(actor: Actor, db: Database, found: Elicitation) -> None:
    """Sends the consent text, then each question; reads {"agree": true} and answers. The end of input rests it."""
    if found.consented_at is None:
        _send({"interview": found.id, "consent": CONSENT})
        said = _receive()
        if said is None:
            return
        if said.get("agree") is not True:
            raise Refused('Nothing is recorded until the person agrees: send {"agree": true}.', code="consent")
        services.consent(actor, db, found.id, study=said.get("study") is True)
    shown = services.question(actor, db, found.id)
    while not isinstance(shown.question, Done):
        _send(relayed(shown))
        said = _receive()
        if said is None:
            services.pause(actor, db, found.id)
            break
        try:
            shown = services.answer(actor, db, found.id, shown.number, read_answer(said))
        except BadInput as error:
            _send({"error": {"code": error.code, "sentence": error.sentence}})
    done = queries.known(actor, db, found.id)
    _send({"interview": done.id, "state": done.state, "artifact": done.artifact})


def _send(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))


def _receive() -> dict[str, Any] | None:
    """The next line as an object; None at the end of input. Raises BadInput for what is none."""
    line = sys.stdin.readline()
    if not line.strip():
        return None
    try:
        found = json.loads(line)
    except ValueError as error:
        raise BadInput(f"This line is no JSON ({error}); send one object a line.") from error
    if not isinstance(found, dict):
        raise BadInput("Send one JSON object a line.")
    return found
