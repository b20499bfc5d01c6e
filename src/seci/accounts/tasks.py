"""What accounts do for themselves once a day."""

from __future__ import annotations

from django.core.management import call_command

from seci.accounts.queries import links_over, sessions_over


def sweep() -> None:
    """Forgets sign-in links and sessions that are over."""
    links_over().delete()
    call_command("clearsessions")
    for session in sessions_over():
        session.delete()
