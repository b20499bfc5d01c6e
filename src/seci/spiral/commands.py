"""`seci who`, `seci risk`, `seci team`: the same answers as the pages."""

from __future__ import annotations

from collections.abc import Sequence

import click

from seci.accounts import door
from seci.kit.clock import now, to_date
from seci.kit.figures import Figure
from seci.kit.terminal import interval, json_option, remark, show, table
from seci.spiral.views import Ended


@click.command()
@click.argument("asset", required=False)
@click.option("--person", default="", help="Only people whose name contains this.")
@click.option("--page", default=1, show_default=True)
@json_option
def who(asset: str | None, person: str, page: int, as_json: bool) -> None:
    """Who knows what: all assets, or who can help with ASSET (a number or part of its name)."""
    ready()
    from seci.spiral import queries

    actor, at = door.actor(), now()
    if asset is None or person:
        matrix = queries.who(actor, at, q=asset or "", who=person, page=page)
        if as_json:
            return show(matrix)
        tell_ended(matrix.ended)
        return table(
            ["asset", "who", "contact", "events", "last"],
            [
                [row.asset.name, ref.name, cell.words, cell.events, str(to_date(cell.last_t))]
                for row in matrix.rows
                for ref, cell in zip(matrix.people, row.cells, strict=True)
                if cell is not None and (person or cell.band > 1)
            ],
        )
    found = queries.asset_page(actor, queries.asset_named(actor, asset), at)
    if as_json:
        return show(found)
    tell_ended(found.ended)
    click.echo(f"{found.asset.name}: {found.sentence}")
    return table(
        ["who", "contact", "evidence", "last"],
        [[row.person.name, row.words, str(row.contacts), str(to_date(row.last_t))] for row in found.holders],
    )


@click.command()
@click.option("--only", type=click.Choice(["all", "single", "nobody", "fading", "stale"]), default="all")
@click.option("--sort", type=click.Choice(["at_risk", "coverage", "holders", "last", "name"]), default="at_risk")
@click.option("--page", default=1, show_default=True)
@json_option
def risk(only: str, sort: str, page: int, as_json: bool) -> None:
    """What is at risk: coverage, knowledge at risk and bus factor of every asset."""
    ready()
    from seci.spiral import queries

    found = queries.risk(door.actor(), now(), only=only, sort=sort, page=page)
    if as_json:
        return show(found)
    tell_ended(found.ended)
    click.echo(found.sentence)
    return table(
        ["asset", "coverage", "at risk, h/week", "holders", "bus factor", "active", "files at risk", "of", "state"],
        [
            [
                row.asset.name,
                share(row.coverage),
                hours(row.at_risk),
                count(row.holders),
                count(row.bus_factor),
                count(row.bus_factor_active),
                count(row.files_at_risk),
                row.files,
                row.freshness,
            ]
            for row in found.rows
        ],
    )


@click.command()
@click.argument("unit", type=int)
@click.option("--asset", type=int, help="Only this asset (its number).")
@json_option
def team(unit: int, asset: int | None, as_json: bool) -> None:
    """What UNIT (its number) does with what it knows: use, growth, independence, speed. From five people on."""
    ready()
    from seci.spiral import queries

    with door.database() as db:
        found = queries.team(door.actor(), db, unit, now(), asset)
    if as_json:
        return show(found)
    click.echo(f"{found.unit.name}: {found.sentence}")
    named = [
        ("reach", found.application.reach),
        ("depth", found.application.depth),
        ("uses a read", found.application.read_to_use),
        ("change of skill", found.growth.change),
        ("of what was left to gain", found.growth.normalized),
        ("do it alone", found.independence),
        ("asked somebody", found.escalation),
        *((f"right call: {one.name} ({one.title})", one.seconds) for one in found.speeds),
    ]
    return table(
        ["figure", "value", "n", "of", "status"],
        [[name, plainly(one), one.n, one.of, one.status] for name, one in named],
    )


@click.command()
@click.option("--asset", type=int, help="Only this asset (its number).")
@json_option
def combination(asset: int | None, as_json: bool) -> None:
    """How well what is written is brought together: several sources in one, from outside too, demand answered."""
    ready()
    from seci.spiral import queries

    with door.database() as db:
        found = queries.combination(door.actor(), db, now(), asset)
    if as_json:
        return show(found)
    click.echo(found.sentence)
    named = [
        ("several authors and teams in one", found.integration),
        ("from outside and used", found.outside),
        ("variety of origins", found.variety),
        ("demand answered", found.coverage),
        ("next demand of a new kind", found.unseen),
        ("statements confirmed", found.accuracy),
        ("linked to something", found.linked),
        ("links followed", found.followed),
    ]
    return table(
        ["figure", "value", "n", "of", "status"],
        [[name, plainly(one), one.n, one.of, one.status] for name, one in named],
    )


def ready() -> None:
    """Reads what people decided or a day has changed since the last scan, then makes the models usable."""
    from seci.spiral import services

    with door.database() as db:
        services.refresh(door.actor(), db, door.instance().evidence, now())
    door.framework()


def tell_ended(ended: Sequence[Ended]) -> None:
    """Says on standard error which repositories are read as of an instant long ago."""
    for one in ended:
        remark(
            f"As far as it is read, {one.title} ends on {to_date(one.until)}: who worked only there is seen as of then."
        )


def share(figure: Figure) -> str | None:
    return None if figure.value is None else f"{figure.value:.0%}" + interval(figure, ".0%")


def plainly(figure: Figure) -> str | None:
    if figure.unit == "share":
        return share(figure)
    return None if figure.value is None else f"{figure.value:.1f} {figure.unit}" + interval(figure, ".1f")


def hours(figure: Figure) -> str | None:
    return None if figure.value is None else f"{figure.value:.1f}" + interval(figure, ".1f")


def count(figure: Figure) -> int | None:
    return None if figure.value is None else round(figure.value)
