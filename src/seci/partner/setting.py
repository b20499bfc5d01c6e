"""Which partner an instance has, and how it is reached. The key is not here: see `key`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast
from urllib.parse import urlsplit

from seci.kit.errors import BadInput

Provider = Literal["openai", "anthropic", "ollama"]
Manner = Literal["tool", "prompt"]

PROVIDERS: dict[Provider, str] = {
    "openai": "OpenAI-compatible endpoint",
    "anthropic": "Anthropic",
    "ollama": "Ollama on a machine of yours",
}
DEFAULT_URLS: dict[Provider, str] = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "ollama": "http://127.0.0.1:11434/v1",
}
SECONDS, MOST_SECONDS = 6.0, 60.0
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Setting:
    """One partner.

    url      base address of its API
    manner   how it hands in lists: as the arguments of a tool, or as JSON in its text (for models without tools)
    seconds  what one call may take at most; a dialogue never waits longer, whatever happens at the other end
    on       whether it may be asked at all
    """

    provider: Provider
    url: str
    model: str
    manner: Manner = "tool"
    seconds: float = SECONDS
    on: bool = False

    @property
    def host(self) -> str:
        """Where words go, for people: shown before anybody agrees to it."""
        return urlsplit(self.url).hostname or self.url

    @property
    def is_local(self) -> bool:
        return self.host in {"localhost", "127.0.0.1", "::1"}


def checked(
    provider: str, url: str, model: str, *, manner: str = "", seconds: float = SECONDS, on: bool = False
) -> Setting:
    """A setting from what somebody typed. Raises BadInput with one sentence on the first thing that is wrong."""
    if provider not in PROVIDERS:
        raise BadInput(f"{provider!r} is no provider; choose one of {', '.join(PROVIDERS)}.")
    url, model = (url.strip() or DEFAULT_URLS[provider]).rstrip("/"), model.strip()
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or len(url) > LONGEST:
        raise BadInput("The address of the partner begins with https:// (or http://), names a host and holds no key.")
    if not model or len(model) > LONGEST:
        raise BadInput("Name the model as its provider does, for example the name that `ollama list` shows.")
    if not 0.5 <= seconds <= MOST_SECONDS:
        raise BadInput(f"A call may take 0.5 to {MOST_SECONDS:g} seconds, not {seconds:g}.")
    manner = manner or ("prompt" if provider == "ollama" else "tool")
    if manner not in {"tool", "prompt"}:
        raise BadInput(f"{manner!r} is no way to hand in a list; choose tool or prompt.")
    return Setting(provider, url, model, cast(Manner, manner), float(seconds), on)


def from_environment(environment: Mapping[str, str] = os.environ) -> Setting | None:
    """The partner that SECI_PARTNER_PROVIDER, _URL, _MODEL and _SECONDS name; None without a provider.

    The environment outranks the settings page: whoever runs the machine decides where words may go.
    """
    provider = environment.get("SECI_PARTNER_PROVIDER", "")
    if not provider:
        return None
    try:
        seconds = float(environment.get("SECI_PARTNER_SECONDS") or SECONDS)
    except ValueError:
        raise BadInput("SECI_PARTNER_SECONDS is a number of seconds, such as 6.") from None
    return checked(
        provider,
        environment.get("SECI_PARTNER_URL", ""),
        environment.get("SECI_PARTNER_MODEL", ""),
        manner=environment.get("SECI_PARTNER_MANNER", ""),
        seconds=seconds,
        on=True,
    )
