"""`seci interview` and `seci interviews`: a dialogue in the terminal, and what dialogues there are."""

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
from seci.externalization.console import HELP, Again, Reader, Wanted, shown, timed
from seci.externalization.conversion_test import read_trials
from seci.externalization.services import Shown
from seci.externalization.state import Setting
from seci.externalization.turn import Answer, Done, Judge
from seci.kit.clock import stopwatch, to_datetime
from seci.kit.database import Database
from seci.kit.errors import BadInput, SeciError
from seci.kit.terminal import json_option, remark, show, table
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
def interview(
    asset: str, conversion: str, decision: str, file: Path | None, bank: int | None, expert: str, minutes: int,
    resume: int | None,
) -> None:  # fmt: skip
    """Interview whoever sits here, about ASSET or freely, one question at a time.

    Every answer is written down before the next question; Ctrl-C rests it.
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
        Conversation(actor, db, found).run()


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


@click.group()
def interviews() -> None:
    """Look at interviews, rest them, call them off, invite to them."""


@interviews.command("list")
@click.option("--state", type=click.Choice(["open", "paused", "finished", "abandoned"]), help="Only these.")
@json_option
def list_(state: str | None, as_json: bool) -> None:
    """List interviews: yours, and those to look after."""
    with door.database() as db:
        found = queries.interviews(door.actor(), db, state=state or "")
    if as_json:
        show(found)
        return
    table(
        ["id", "about", "asset", "state", "expert", "answers", "changed"],
        [
            (
                row.id, row.title[:50], row.asset_name, row.state, row.expert.name if row.expert else "",
                row.answered if row.answered is not None else "private", to_datetime(row.changed_at).date(),
            )
            for row in found
        ],
    )  # fmt: skip


@interviews.command("starters")
@json_option
def starters(as_json: bool) -> None:
    """List the starter conversions."""
    from seci.externalization import conversions

    found = conversions.conversions()
    if as_json:
        return show(found)
    return table(["name", "it begins with", "it ends in"], [(one.key, one.utterance, one.wanted) for one in found])


@interviews.command("show")
@click.argument("interview", type=int)
@json_option
def show_(interview: int, as_json: bool) -> None:
    """Show an own INTERVIEW: what was said and what has come of it."""
    actor = door.actor()
    with door.database() as db:
        found = queries.interview(actor, db, interview)
        made = queries.draft(actor, db, interview)
    if as_json:
        return show({"interview": found.elicitation, "draft": made, "minutes": found.minutes, "ba": found.ba})
    it = found.elicitation
    click.echo(f"{it.title} ({it.state}), {len(found.state.turns)} answers, {len(found.state.judgements)} cases judged")
    for claim in found.state.standing:
        click.echo(f"  {claim.text} ({claim.status})")
    for line in made.residue:
        click.echo(f"  open: {line}")
    return None


@interviews.command("rest")
@click.argument("interview", type=int)
@json_option
def rest(interview: int, as_json: bool) -> None:
    """Rest INTERVIEW; it goes on where it was."""
    with door.database() as db:
        _tell(services.pause(door.actor(), db, interview), as_json)


@interviews.command("abandon")
@click.argument("interview", type=int)
@json_option
def abandon(interview: int, as_json: bool) -> None:
    """Call INTERVIEW off."""
    with door.database() as db:
        _tell(services.abandon(door.actor(), db, interview), as_json)


@interviews.command("invite")
@click.argument("interview", type=int)
@click.option("--person", default="", help="Only this person may open it (name or number).")
@click.option("--days", default=14, show_default=True)
@json_option
def invite(interview: int, person: str, days: int, as_json: bool) -> None:
    """Print a link to INTERVIEW for its expert; it is shown once."""
    actor = door.actor()
    with door.database() as db:
        whom = people.named(actor, db, person) if person else None
        made = services.invite(actor, db, interview, person=whom, days=days)
    path = f"/interviews/invitation/{made.secret}/"
    if as_json:
        return show({"invitation": made.id, "path": path, "expires_at": made.expires_at})
    return click.echo(f"{path}\ngood until {to_datetime(made.expires_at).date()}; withdraw with `revoke {made.id}`")


@interviews.command("test")
@click.argument("artifact", type=int)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
def test(artifact: int, file: Path, as_json: bool) -> None:
    """Keep a conversion test of ARTIFACT from a CSV FILE: case; group alone, aided or expert; right yes or no."""
    with door.database() as db:
        done = services.keep_conversion_test(door.actor(), db, artifact, read_trials(text_of(file)))
    show(done) if as_json else click.echo(done.result.sentence)


def text_of(file: Path) -> str:
    from seci.cases.table import decode

    try:
        return decode(file.read_bytes())[0]
    except OSError as error:
        raise BadInput(f"{file} cannot be read ({error.strerror}); check the path and the permission.") from error


@interviews.command("revoke")
@click.argument("invitation", type=int)
@json_option
def revoke(invitation: int, as_json: bool) -> None:
    """Withdraw INVITATION."""
    with door.database() as db:
        services.revoke(door.actor(), db, invitation)
    show({"revoked": invitation}) if as_json else click.echo(f"Invitation {invitation} is withdrawn.")


def _tell(found: Elicitation, as_json: bool) -> None:
    show(found) if as_json else click.echo(f"{found.title}: {found.state}")


@interviews.command("transcribe")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--title", default="", help="Default: the name of the file.")
@click.option("--form", type=click.Choice(["transcript", "chat", "review", "document"]), default="document")
@click.option("--asset", type=int, help="Asset it is about.")
@click.option("--bank", type=int, help="Bank of cases whose attributes help to read rules.")
@json_option
def transcribe(file: Path, title: str, form: str, asset: int | None, bank: int | None, as_json: bool) -> None:
    """Bring a transcript, chat, review or document in FILE in and list the claims it may hold."""
    with door.database() as db:
        done = services.add_transcript(
            door.actor(), db, title or file.stem, text_of(file), form=form, asset=asset, bank=bank
        )
        page = queries.transcript(door.actor(), db, done.transcript.id)
    if as_json:
        return show(page)
    _list_candidates(page)
    if done.left_out:
        remark(f"{done.left_out} more were left out; bring the text in in parts.")
    return None


@interviews.command("transcript")
@click.argument("transcript", type=int)
@json_option
def transcript_(transcript: int, as_json: bool) -> None:
    """List the claims that TRANSCRIPT may hold, and what was decided on each."""
    with door.database() as db:
        page = queries.transcript(door.actor(), db, transcript)
    show(page) if as_json else _list_candidates(page)


def _list_candidates(page: queries.TranscriptPage) -> None:
    click.echo(f"Text {page.transcript.id}: {page.transcript.title}")
    table(
        ["id", "kind", "who", "state", "claim"],
        [(one.id, one.kind, one.speaker, one.state, one.text[:90]) for one in page.candidates],
    )


@interviews.command("decide")
@click.argument("candidate", type=int)
@click.argument("verdict", type=click.Choice(["confirm", "correct", "reject"]))
@click.argument("text", default="")
@json_option
def decide(candidate: int, verdict: str, text: str, as_json: bool) -> None:
    """Confirm, correct (with TEXT) or reject a CANDIDATE claim of a text."""
    with door.database() as db:
        done = services.decide_candidate(door.actor(), db, candidate, verdict, text)
    show(done) if as_json else click.echo(f"{done.state}: {done.text}")


@interviews.command("write")
@click.argument("transcript", type=int)
@click.option("--title", default="")
@json_option
def write(transcript: int, title: str, as_json: bool) -> None:
    """Write a guide, as a draft, from what was confirmed in TRANSCRIPT."""
    with door.database() as db:
        made = services.write_from_transcript(door.actor(), db, transcript, title)
    show(made) if as_json else click.echo(f"Artifact {made.id}: {made.title}")
