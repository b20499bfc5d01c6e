"""`seci interview`: one sitting at the terminal."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from pathlib import Path

import click

from seci.accounts import door
from seci.accounts.actor import Actor
from seci.cases import services as cases
from seci.externalization import queries, services
from seci.externalization.access import Elicitation
from seci.externalization.commands.files import text_of
from seci.externalization.commands.pipe import converse
from seci.externalization.services import Shown
from seci.externalization.showing.console import HELP, Again, Reader, Wanted, shown, timed
from seci.externalization.state import Setting
from seci.externalization.turn import Answer, Done, Judge
from seci.kit.clock import stopwatch
from seci.kit.database import Database
from seci.kit.errors import BadInput, SeciError
from seci.kit.terminal import json_option, remark
from seci.partner import queries as partners
from seci.people import queries as people

WIDTH = 92


@click.command()
@click.argument("asset", required=False, default="")
@click.option("--conversion", default="", help="A starter: `seci interviews starters` lists them.")
@click.option("--decision", default="", help="What is decided, as a question.")
@click.option("--cases", "file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="CSV with cases.")
@click.option("--bank", type=int, help="A bank of cases: `seci cases list`.")
@click.option("--expert", default="", help="Who answers here (name or number); judgements are theirs.")
@click.option("--minutes", default=25, show_default=True, help="How long the expert has.")
@click.option("--resume", type=int, help="Go on with this interview.")
@json_option
def interview(
    asset: str, conversion: str, decision: str, file: Path | None, bank: int | None, expert: str, minutes: int,
    resume: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Interview whoever sits here, about ASSET or freely, one question at a time.

    Every answer is written down before the next question; Ctrl-C rests it. With --json a program passes on what a
    person says: one question a line on standard output, one answer a line on standard input.
    """
    actor = door.actor()
    with door.database() as db:
        if resume is not None:
            found = services.resume(actor, db, resume)
        else:
            about = asset_named(db, asset) if asset else None
            into = bank if file is None else _bank_of(actor, db, file, about)
            who = people.named(actor, db, expert) if expert else None
            setting = replace(_setting(conversion), minutes=minutes)
            setting = replace(setting, decision=decision or setting.decision)
            found = services.open_interview(actor, db, setting, asset=about, bank=into, expert=who)
        if as_json:
            return converse(actor, db, found)
        return Conversation(actor, db, found).run()


def asset_named(db: Database, text: str) -> int:
    """The asset with this number or name. Raises BadInput when several fit or none."""
    from seci.assets.queries import assets

    found = assets(door.actor(), db)
    exact = [one for one in found if str(one.id) == text or one.name.casefold() == text.casefold()]
    fits = exact or [one for one in found if text.casefold() in one.name.casefold()]
    if len(fits) != 1:
        said = f"fits {', '.join(one.name for one in fits[:5])}" if fits else "is the name of none"
        raise BadInput(f"{text!r} {said}; `seci assets list` shows which assets there are.")
    return fits[0].id


def _setting(conversion: str) -> Setting:
    from seci.externalization import conversions

    return conversions.setting(conversion) if conversion else Setting()


def _bank_of(actor: Actor, db: Database, file: Path, asset: int | None) -> int:
    brought = cases.import_table(actor, db, text_of(file), title=file.stem, asset=asset)
    for fault in brought.faults:
        remark(f"set aside: {fault.sentence}")
    return brought.bank.id


class Conversation:
    """One sitting at the terminal."""

    def __init__(self, actor: Actor, db: Database, found: Elicitation) -> None:
        self.actor, self.db, self.found = actor, db, found

    def run(self) -> None:
        try:
            if self.found.consented_at is None and not self._consents():
                return
            self._say(["", "One question at a time. /help lists what else you can type."])
            self._until_done()
        except (click.Abort, KeyboardInterrupt, EOFError):
            self._rest()

    def _consents(self) -> bool:
        self._say(
            [
                f"This interview is about: {self.found.title}",
                "Your answers are written down on this machine, word for word. Until you sign, only you read them; "
                "you can take any of them back. What you sign becomes an artifact with the words it rests on.",
            ]
        )
        if not click.confirm("Do you agree?", default=True, err=True):
            remark(f"Nothing is recorded. `seci interview --resume {self.found.id}` asks again.")
            return False
        study = click.confirm("May it be exported for study, without names?", default=False, err=True)
        told = partners.disclosure(self.actor, self.db)
        partner = bool(told) and click.confirm(f"{told} Do you want one?", default=False, err=True)
        self.found = services.consent(self.actor, self.db, self.found.id, study=study, partner=partner)
        return True

    def _until_done(self) -> None:
        waiting = services.question(self.actor, self.db, self.found.id)
        while not isinstance(waiting.question, Done):
            answer = self._asked(waiting)
            if answer is None:
                return self._rest()
            try:
                waiting = services.answer(self.actor, self.db, self.found.id, waiting.number, answer)
                if said := services.remark_of(self.actor, self.db, self.found.id, waiting.answered):
                    remark(said)
            except BadInput as error:
                remark(error.sentence)
            if waiting.state == "paused":
                return self._rest()
        return self._end()

    def _asked(self, waiting: Shown) -> Answer | None:
        """The answer to one question; None when the expert wants to rest."""
        state = queries.interview(self.actor, self.db, self.found.id)
        known = {judged.case.id: judged.case for judged in state.state.judgements}
        attributes = state.state.attributes
        self._say(["", f"{waiting.number}. {self._left(state.minutes)}", *shown(waiting.question, attributes, known)])
        claims = [one.id for one in state.state.standing]
        reader, since = Reader(waiting.question, attributes, claims), stopwatch()
        while True:
            read = reader.read(click.prompt("", prompt_suffix="› ", default="", show_default=False, err=True))
            if isinstance(read, Answer):
                return timed(read, round(1000 * (stopwatch() - since)))
            if isinstance(read, Again):
                self._say(list(read.lines))
            elif read == Wanted("pause"):
                return None
            else:
                self._say(self._told(read, waiting))

    def _told(self, wanted: Wanted, waiting: Shown) -> list[str]:
        if wanted.order == "why":
            return [getattr(waiting.question, "why", "") or "It is next on the list of what is not known yet."]
        if wanted.order == "help":
            return HELP.splitlines()
        state = queries.interview(self.actor, self.db, self.found.id).state
        if wanted.order == "claims":
            return [f"  {n}  {one.text} ({one.status})" for n, one in enumerate(state.standing, 1)] or ["Nothing yet."]
        if isinstance(waiting.question, Judge):
            return ["The artifact is folded while a case is judged, so that it cannot lead."]
        return self._draft()

    def _draft(self) -> list[str]:
        from seci.artifacts.walk import nodes

        made = queries.draft(self.actor, self.db, self.found.id)
        return [made.title, *(f"  {node.words}" for node in nodes(made.body))]

    def _left(self, minutes: int) -> str:
        return f"(about {minutes} min to go)" if minutes else "(nearly done)"

    def _end(self) -> None:
        found = queries.known(self.actor, self.db, self.found.id)
        if found.artifact is not None:
            self._say(["", f"Signed. It is artifact {found.artifact}: `seci artifacts show {found.artifact}`."])
        else:
            self._say(["", "That was all; nothing was signed."])

    def _rest(self) -> None:
        try:
            services.pause(self.actor, self.db, self.found.id)
        except SeciError as error:
            remark(error.sentence)
        remark(f"\nEverything you answered is kept. Go on with `seci interview --resume {self.found.id}`.")

    def _say(self, lines: list[str]) -> None:
        for line in lines:
            indent = line[: len(line) - len(line.lstrip())]
            click.echo(
                textwrap.fill(line, WIDTH, subsequent_indent=indent + "  " if indent else "") if line else "", err=True
            )
