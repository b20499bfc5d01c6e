"""Doors are shut unless they say for whom they open.

Every page declares the least role it asks for:

    @least("member")
    def asset(request, id): ...

A door that declares nothing lets nobody in; `tests/access_matrix` walks all of them with every role.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar

from seci.accounts.actor import Role

# "open": anyone, "account": whoever is signed in, with a role or without, "closed": nobody.
Least = Role | Literal["open", "account", "closed"]
View = TypeVar("View", bound=Callable[..., Any])

# Doors of libraries, by the name of their route. What a library adds tomorrow stays shut until it stands here.
LIBRARY_DOORS: dict[str, Least] = {
    "account_login": "open",
    "account_logout": "account",
    "account_reauthenticate": "account",
    "account_change_password": "account",
    "account_set_password": "account",
    "account_inactive": "open",
    "mfa_authenticate": "open",
    "mfa_index": "account",
    "mfa_reauthenticate": "account",
    "mfa_activate_totp": "account",
    "mfa_deactivate_totp": "account",
    "mfa_view_recovery_codes": "account",
    "mfa_download_recovery_codes": "account",
    "mfa_generate_recovery_codes": "account",
}


def least(role: Least) -> Callable[[View], View]:
    """Declares the least role that a door asks for."""

    def declare(view: View) -> View:
        view.least_role = role  # type: ignore[attr-defined]
        return view

    return declare


def declared(view: Callable[..., Any], route: str | None) -> Least:
    """What a door asks for: its own declaration, else the one for its route's name, else "closed"."""
    own: Least | None = getattr(view, "least_role", None)
    if own is not None:
        return own
    return LIBRARY_DOORS.get(route or "", "closed")
