"""`seci mentoring`: mentors and their words, notes after the action, paths, easy days, in the terminal."""

from __future__ import annotations

import click

from seci.accounts import door
from seci.accounts.actor import Actor
from seci.internalization.access import seated
from seci.internalization.coaching import queries, services
from seci.internalization.exercises.path import PATHS
from seci.internalization.exercises.reflection import QUESTIONS
from seci.kit.clock import to_date
from seci.kit.database import Database
from seci.kit.terminal import json_option, show, table

as_option = click.option("--as", "person", type=int, required=True, help="Number of the person who sits there.")


def _seat(db: Database, person: int) -> Actor:
    return seated(door.actor(), db, person)


@click.group()
def mentoring() -> None:
    """Mentors and their words, notes after the action, paths of roles, easy days."""


@mentoring.command("list")
@as_option
@json_option
def list_(person: int, as_json: bool) -> None:
    """List whoever was named for you, and whose mentor you are."""
    with door.database() as db:
        mine, others = queries.mentors(_seat(db, person), db)
    if as_json:
        show({"mine": mine, "others": others})
        return
    table(
        ["id", "on", "who", "is your", "state"],
        [
            (one.id, one.title, one.other.name if one.other else "", "mentor" if one.is_mine else "learner",
             "waits for your yes" if one.waiting else "")
            for one in (*mine, *others)
        ],
    )  # fmt: skip


@mentoring.command()
@click.argument("artifact", type=int)
@click.argument("mentor", type=int)
@as_option
@json_option
def name(artifact: int, mentor: int, person: int, as_json: bool) -> None:
    """Name MENTOR, a person by number, for your practice of ARTIFACT."""
    with door.database() as db:
        made = services.name_mentor(_seat(db, person), db, artifact, mentor)
    show({"id": made}) if as_json else click.echo(made)


@mentoring.command()
@click.argument("mentor", type=int)
@click.option("--end", is_flag=True, help="End it instead.")
@as_option
@json_option
def agree(mentor: int, end: bool, person: int, as_json: bool) -> None:
    """Say yes to a mentor who was proposed to you, or end it."""
    with door.database() as db:
        actor = _seat(db, person)
        services.end_mentor(actor, db, mentor) if end else services.agree_to_mentor(actor, db, mentor)
    show({"ended" if end else "agreed": mentor}) if as_json else click.echo("Ended." if end else "Agreed.")


@mentoring.command()
@click.argument("mentor", type=int)
@as_option
@json_option
def answers(mentor: int, person: int, as_json: bool) -> None:
    """Read the answers of the learner whose mentor you are under the number MENTOR."""
    with door.database() as db:
        page = queries.mentee(_seat(db, person), db, mentor)
    if as_json:
        show(page)
        return
    table(
        ["answer", "case", "decided", "key", "sure", "looked at"],
        [
            (one.attempt, one.title[:50], one.told.option, one.told.key,
             None if one.confidence is None else f"{one.confidence:.0%}", one.cue)
            for one in page.answers
        ],
    )  # fmt: skip


@mentoring.command("say")
@click.argument("answer", type=int)
@click.argument("words")
@as_option
@json_option
def say(answer: int, words: str, person: int, as_json: bool) -> None:
    """Say WORDS to an ANSWER of a learner whose mentor you are."""
    with door.database() as db:
        made = services.remark(_seat(db, person), db, answer, words)
    show({"id": made}) if as_json else click.echo("Said. They read it beside their answer.")


@mentoring.command()
@as_option
@json_option
def remarks(person: int, as_json: bool) -> None:
    """Read what mentors said to your answers and you have not read."""
    with door.database() as db:
        actor = _seat(db, person)
        found = [one for attempt, _, _ in queries.new_remarks(actor, db) for one in queries.remarks(actor, db, attempt)]
        services.read_remarks(actor, db)
    if as_json:
        show(found)
        return
    for one in found:
        click.echo(f"answer {one.attempt}, {one.mentor.name if one.mentor else 'somebody'}: {one.words}")


@mentoring.command()
@click.option("--artifact", type=int, help="What it was done with.")
@click.option("--expected", help=QUESTIONS["expected"])
@click.option("--happened", help=QUESTIONS["happened"])
@click.option("--because", help=QUESTIONS["because"])
@click.option("--next-time", "next_time", help=QUESTIONS["next_time"])
@click.option("--list", "listed", is_flag=True, help="Read your notes instead.")
@as_option
@json_option
def note(artifact: int | None, listed: bool, person: int, as_json: bool, **given: str | None) -> None:
    """Keep a note after an action, for your eyes alone."""
    with door.database() as db:
        actor = _seat(db, person)
        if listed:
            rows = queries.notes(actor, db)
            show(rows) if as_json else table(
                ["day", "on", "next time"], [(to_date(one.at).isoformat(), one.title, one.next_time) for one in rows]
            )
            return
        said = [
            given[one] if given[one] is not None or as_json else click.prompt(words, err=True)
            for one, words in QUESTIONS.items()
        ]
        made = services.keep_note(actor, db, *((one or "") for one in said), artifact=artifact)
    show({"id": made}) if as_json else click.echo("Kept, for your eyes alone.")


@mentoring.command()
@click.argument("role", type=click.Choice(list(PATHS)), required=False)
@click.option("--pace", type=float, default=1.0, show_default=True, help="2: in twice the time.")
@click.option("--leave", type=int, help="Leave a path by its number.")
@as_option
@json_option
def path(role: str | None, pace: float, leave: int | None, person: int, as_json: bool) -> None:
    """Follow the path of ROLE from today on, or read how far yours are."""
    with door.database() as db:
        actor = _seat(db, person)
        if leave is not None:
            services.leave_path(actor, db, leave)
        elif role is not None:
            services.follow_path(actor, db, role, pace=pace)
        rows = queries.followed(actor, db)
    if as_json:
        show(rows)
        return
    table(
        ["id", "path", "stage", "by", "still open"],
        [
            (one.id, one.path.name, need.stage.name, to_date(need.until).isoformat(), "; ".join(need.open) or "nothing")
            for one in rows for need in one.needs
        ],
    )  # fmt: skip


@mentoring.command("easy-days")
@click.argument("days", type=click.IntRange(0, 6), nargs=-1)
@as_option
@json_option
def easy_days(days: tuple[int, ...], person: int, as_json: bool) -> None:
    """Have half a round on DAYS of the week, 0 is Monday; none: a whole round each day."""
    with door.database() as db:
        chosen = services.set_easy_days(_seat(db, person), db, days)
    show({"easy": chosen}) if as_json else click.echo(f"{len(chosen)} easy days.")


@mentoring.command("calendar")
@click.option("--off", is_flag=True, help="No address at all.")
@as_option
@json_option
def calendar(off: bool, person: int, as_json: bool) -> None:
    """Make another address for your practice calendar; the one before stops answering."""
    with door.database() as db:
        services.remake_calendar(_seat(db, person), db, off=off)
    text = "No address any more." if off else "Made; your practice page shows it."
    show({"off": off}) if as_json else click.echo(text)
