"""What an alias stands for: a person, a program, a language-model agent, or a mailbox that several people use."""

from __future__ import annotations

import re
from typing import Literal

from seci.people import names
from seci.people.addresses import Address
from seci.people.names import fold

Nature = Literal["person", "bot", "agent", "shared"]

_BOT = re.compile(
    r"\[bot\]|[a-z0-9][-_]bots?$|^bot[-_]|^(?:ro)?bot$|"
    r"^(?:dependabot|renovate|greenkeeper|pyup|snyk|mergify|bors|homu|github[- ]actions?|travis|jenkins|copybara|"
    r"gerrit|zuul|openstack[- ]proposal|gitgitgadget|buildbot|(?:hosted )?weblate|transifex|pre-commit-ci|"
    r"allcontributors|semantic-release|codecov|coveralls|imgbot|k8s-ci|kodiak|gopherbot|rust-highfive|gitlab-ci|"
    r"circleci|azure[- ]pipelines|gobot|lgtm-com|deepsource|restyled|whitesource|web-flow)\b"
    r"|(?:autoroll(?:er)?|gopherbot|mergebot|commitbot|proposalbot)$"
)
_AGENT = re.compile(
    r"^(?:claude (?:code|opus|sonnet|haiku|fable)\b.*|(?:github )?copilot\b.*|chatgpt.*|openai codex|"
    r"cursor agent|devin ai.*|devin-ai-integration.*|aider \(.*|gemini[- ](?:cli|code).*|google-labs-jules.*)$"
)
_AGENT_MAIL = re.compile(
    r"^(?:noreply|claude)@anthropic\.com$|^cursoragent@|@aider\.chat$|\+copilot@users\.noreply|\+devin-ai|^copilot@"
)
# Nobody's mailbox, whoever is named before it.
_NOBODY = frozenset(
    [
        "anonymous",
        "build",
        "builder",
        "daemon",
        "devnull",
        "email",
        "invalid",
        "mailer-daemon",
        "no-reply",
        "nobody",
        "none",
        "noreply",
        "null",
        "root",
        "svn",
        "test",
        "tester",
        "testing",
        "ubuntu",
        "unknown",
        "user",
        "username",
        "vagrant",
        "you",
        "your",
        "your.email",
        "youremail",
    ]
)
# Often one person's on a domain of their own: the address may tie, the word before the @ never does.
_GENERIC = _NOBODY | frozenset(
    [
        "abuse",
        "accounts",
        "admin",
        "administrator",
        "bounce",
        "buildmaster",
        "ci",
        "code",
        "contact",
        "cvs",
        "dev",
        "developer",
        "developers",
        "devel",
        "devs",
        "enquiries",
        "foss",
        "git",
        "github",
        "gitlab",
        "guest",
        "hello",
        "help",
        "hi",
        "hostmaster",
        "info",
        "list",
        "lists",
        "linux",
        "mail",
        "mailman",
        "maintainer",
        "maintainers",
        "me",
        "mine",
        "myself",
        "name",
        "office",
        "open-source",
        "opensource",
        "ops",
        "oss",
        "patch",
        "patches",
        "postmaster",
        "press",
        "project",
        "public",
        "release",
        "releases",
        "sales",
        "security",
        "service",
        "software",
        "spam",
        "subscribe",
        "support",
        "system",
        "sysadmin",
        "team",
        "web",
        "webmaster",
        "work",
        "worker",
    ]
)
_PLACEHOLDERS = frozenset(
    {
        "", "admin", "administrator", "anonymous", "author", "centos", "debian", "dev", "developer", "docker",
        "ec2 user",
        "fedora", "first last", "git", "guest", "local", "localhost", "me", "name", "no author", "no name", "no one",
        "nobody", "none", "not committed yet", "noname", "null", "root", "super user", "superuser", "system",
        "system administrator", "test", "test user", "tester", "ubuntu", "undefined", "unknown", "unknown author",
        "user", "username", "vagrant", "you", "your full name", "your name",
    }
)  # fmt: skip
_WORDS = re.compile(r"[\W_]+")


def placeholder(name: str) -> bool:
    """Whether a display name names nobody: `root`, `(no author)`, `Your Name`, or nothing at all."""
    return _WORDS.sub(" ", fold(name)).strip() in _PLACEHOLDERS


def nobodys(address: Address) -> bool:
    """Whether an address proves nothing about who wrote: `root@…`, `noreply@…`, or none at all."""
    return not address.email or (not address.noreply and (address.local in _NOBODY or automatic(address)))


def automatic(address: Address) -> bool:
    """Whether a program sends from here, on whosever behalf."""
    return bool(_BOT.search(address.local))


def generic(word: str) -> bool:
    """Whether a handle is a word that many mailboxes carry, such as `info` or `git`."""
    return word in _GENERIC


def nature(name: str, address: Address) -> Nature:
    """What an alias stands for, by its name and address alone."""
    plain = fold(name).strip()
    if _AGENT.match(plain) or _AGENT_MAIL.search(address.email):
        return "agent"
    # "Ada Byron via Relay <relay-bot@…>" is Ada Byron; the address says nothing about her.
    if _BOT.search(plain) or (automatic(address) and not names.read(name).full):
        return "bot"
    if placeholder(name) and nobodys(address):
        return "shared"
    return "person"
