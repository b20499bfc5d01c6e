"""`seci scan`, `seci next`, `seci leave`, `seci recommend`: the wheel from the terminal."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from seci.accounts import door
from seci.kit.clock import now
from seci.kit.errors import BadInput, NotFound, SeciError
from seci.kit.terminal import interval, is_watched, json_option, remark, show, table
from seci.spiral.commands import ready, share, tell_ended


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@json_option
def scan(paths: tuple[Path, ...], as_json: bool) -> None:
    """Read what is new in the repositories at PATHS (default: those read before, else the one around here).

    Every repository is tried; the first failure decides the exit code.
    """
    from seci.cycle import services

    actor, db = door.actor(), door.database()
    shelves = door.instance().evidence
    done, failures = [], []
    for path in paths or services.default_paths(actor, db):
        try:
            done.append(services.scan(actor, db, path, shelves, Line(str(path))))
        except SeciError as error:
            failures.append(error)
            remark(f"seci: {error.sentence}")
    if done:
        services.refresh(actor, db, shelves, now())
    if as_json:
        show({"scanned": done, "failed": [{"code": f.code, "sentence": f.sentence} for f in failures]})
    else:
        for each in done:
            click.echo(f"{each.title}: {each.sentence} ({each.seconds:.1f} s)")
            for note in each.notes:
                remark(f"  {note}")
    if failures:
        raise SystemExit(failures[0].exit_code)


@click.command()
@json_option
def rebuild(as_json: bool) -> None:
    """Throw every projection away and make it again from the ledger."""
    from seci.cycle import services

    with door.database() as db:
        made = services.rebuild(door.actor(), db, door.instance().evidence, now())
    if as_json:
        return show(made.mark)
    return click.echo(f"Made anew from {made.mark.seq:,} events.")


class Line:
    """One line of progress on a watched terminal, nothing in a pipe."""

    def __init__(self, title: str) -> None:
        self._title, self._open = title, False

    def __call__(self, step: str, done: int, total: int | None, rate: float | None, remaining: float | None) -> None:
        if not is_watched():
            return
        of = f" of {total:,}" if total else ""
        speed = f", {rate:,.0f} a second" if rate else ""
        left = f", {remaining:.0f} s left" if remaining else ""
        click.echo(f"\r\x1b[K{self._title}: {step} {done:,}{of}{speed}{left}", err=True, nl=False)
        if total is not None and done >= total:
            click.echo("\r\x1b[K", err=True, nl=False)
        sys.stderr.flush()


@click.command(name="next")
@click.option("--asset", default="", help="Only this asset (a number or part of its name).")
@click.option("--limit", default=10, show_default=True)
@json_option
def next_(asset: str, limit: int, as_json: bool) -> None:
    """What to do next: the transfers that lower knowledge at risk most for each hour."""
    from seci.cycle import services

    with door.database() as db:
        services.refresh(door.actor(), db, door.instance().evidence, now())
    door.framework()
    from seci.cycle import queries
    from seci.spiral.queries import asset_named

    actor = door.actor()
    chosen = asset_named(actor, asset) if asset else None
    page = queries.proposals(actor, now(), asset=chosen, size=limit)
    if as_json:
        return show(page)
    tell_ended(page.ended)
    if not page.items:
        click.echo("Nothing to propose yet: not enough data, or every asset is held by several people here.")
    for number, item in enumerate(page.items, page.pager.first):
        effect = item.effect
        click.echo(f"{number:2}. {item.title}")
        click.echo(f"    {item.why} Takes about {item.hours:g} hours.")
        click.echo(f"    Risk {effect.value:+.0%}{interval(effect, '+.0%')} · n = {effect.n} · {effect.status}")
    return None


def day(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    """The day in an option, as 2026-01-31."""
    try:
        return date.fromisoformat(value) if value is not None else None
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a day; write it as 2026-01-31.") from error


@click.command()
@click.argument("people", nargs=-1)
@click.option("--on", metavar="DAY", callback=day, help="The day they leave, as 2026-01-31; today when not given.")
@click.option("--replay", metavar="DAY", callback=day, help="What we would have warned about on a past day.")
@json_option
def leave(people: tuple[str, ...], on: date | None, replay: date | None, as_json: bool) -> None:
    """What if PEOPLE (numbers, or whole names) leave: what is orphaned, who is next best."""
    ready()
    from seci.cycle import queries
    from seci.spiral import queries as spiral

    actor, at = door.actor(), now()
    if replay is not None:
        past = spiral.replay(actor, at, replay)
        if as_json:
            return show(past)
        tell_ended(past.ended)
        click.echo(past.error or past.sentence)
        return table(
            ["asset", "we would have said", "then"], [[w.asset.name, w.said, w.happened] for w in past.warnings]
        )
    if not people:
        raise NotFound("Say who leaves, by name or number: `seci leave 'Dan Senior'`; `seci people list` knows them.")
    chosen = [spiral.person_named(actor, name) for name in people]
    found = queries.leave(actor, at, chosen, on)
    if as_json:
        return show(found)
    tell_ended(found.ended)
    click.echo(found.sentence)
    return table(
        ["asset", "verdict", "coverage", "after", "next best"],
        [
            [
                row.asset.name,
                row.verdict,
                share(row.before),
                share(row.after),
                ", ".join(s.person.name for s in row.next_best),
            ]
            for row in found.losses
        ],
    )


@click.group()
def recommend() -> None:
    """Recommend people for a need."""


@recommend.command()
@click.option("--repo", type=click.Path(path_type=Path), default=Path(), help="The repository; default the one here.")
@click.option("--commit", default="", help="A commit that is there already.")
@click.option("--paths", multiple=True, help="Paths the change will touch; give it several times.")
@json_option
def reviewers(repo: Path, commit: str, paths: tuple[str, ...], as_json: bool) -> None:
    """Who should review a change, and whom to add so that knowledge spreads."""
    door.framework()
    from seci.cycle import queries
    from seci.cycle.views import ReviewersForm

    if not commit and not paths:
        raise BadInput("Name the change: --commit SHA, or --paths PATH for each file it touches.")
    actor = door.actor()
    source = queries.source_at(actor, repo)
    page = queries.reviewers(actor, ReviewersForm(source=source, commit=commit, paths="\n".join(paths)), now())
    if as_json:
        return show(page)
    tell_ended(page.ended)
    click.echo(page.change)
    table(["who fits", "why"], [[one.person.name, "; ".join(one.reasons)] for one in page.candidates])
    if page.learner:
        click.echo(f"Add {page.learner.person.name}, so that it spreads: {'; '.join(page.learner.reasons)}")
    return None
