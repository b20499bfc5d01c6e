"""`seci interviews`: what dialogues there are; rest them, call them off, invite to them, hand their journal out."""

from __future__ import annotations

import click

from seci.accounts import door
from seci.externalization import queries, services
from seci.externalization.access import Elicitation
from seci.kit.clock import to_datetime
from seci.kit.terminal import json_option, show, table
from seci.people import queries as people


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
        ["id", "about", "asset", "state", "expert", "answers", "links waiting", "changed"],
        [
            (
                row.id, row.title[:50], row.asset_name, row.state, row.expert.name if row.expert else "",
                row.answered if row.answered is not None else "private", row.invited or "",
                to_datetime(row.changed_at).date(),
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
    return table(["name", "it begins with", "it ends in"], [(one.key, one.tacit, one.title) for one in found])


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


@interviews.command("journal")
@click.argument("interview", type=int)
@json_option
def journal(interview: int, as_json: bool) -> None:
    """Print the journal of INTERVIEW as JSON, with roles in place of names: for study."""
    with door.database() as db:
        show(queries.journal(door.actor(), db, interview))


@interviews.command("disputes")
@click.argument("bank", type=int)
@json_option
def disputes(bank: int, as_json: bool) -> None:
    """Show where several experts differ on the cases of BANK, and how far they agree."""
    with door.database() as db:
        page = queries.disputes(door.actor(), db, bank)
    if as_json:
        return show(page)
    if page.disputes is None:
        return click.echo(f"{len(page.voices)} signed interviews on {page.bank.title}; it takes two to differ.")
    alpha = page.disputes.agreement
    said = "unknown" if alpha.value is None else f"{alpha.value:.2f}"
    click.echo(f"{', '.join(page.voices)}: alpha {said} on {alpha.n} {alpha.of} ({alpha.status})")
    for one in page.disputes.cases:
        click.echo(one.case.title or one.case.id)
        for side in one.sides:
            click.echo(f"  {side.voice}: {side.says}{f', because {side.because}' if side.because else ''}")
    for rule in page.disputes.rules:
        click.echo(f"{' and '.join(rule.attributes)}: another {rule.kind}")
        for side in rule.sides:
            click.echo(f"  {side.voice}: {side.says} ({side.because})")
    return None
