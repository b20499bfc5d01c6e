"""Pages as a person sees them, asked for inside this process; the way through a browser is shown by tests/browser."""

from __future__ import annotations

import html
import re
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from seci.accounts.actor import Actor

HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"


def come_as(actor: Actor) -> Client:
    """Somebody who is signed in."""
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.account or 0), "django.contrib.auth.backends.ModelBackend")
    return client


def text(response: Any) -> str:
    return html.unescape(response.content.decode())


def shown(client: Client, path: str, status: int = 200, **said: Any) -> str:
    """The page at a path, as it is sent; nothing on it is a value that nobody put into words."""
    answer = client.get(path, said)
    assert answer.status_code == status, answer.content.decode()[:2000]
    page = answer.content.decode()
    assert not re.search(r">\s*(None|NaN|undefined)\b", page)
    return page


def sent(client: Client, path: str, **said: Any) -> str:
    """What the page says after a form was sent."""
    answer = client.post(path, said, follow=True)
    assert answer.status_code in (200, 409, 422), answer.status_code
    return answer.content.decode()
