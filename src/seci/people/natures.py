"""What an alias stands for: a person, a program, a language-model agent, or a mailbox that several people use."""

from __future__ import annotations

import re
from typing import Literal

from seci.people import names
from seci.people.addresses import Address
from seci.people.names import fold

Nature = Literal["person", "bot", "agent", "shared"]

_BOT_WORD = re.compile(r"\[bot\]|[a-z0-9][-_]bots?$|^bot[-_]|^(?:ro)?bot$")
# Programs that call themselves otherwise. Whole names only: Travis, Gerrit and Jenkins are names of people, too.
_PROGRAMS = frozenset(
    {
        "allcontributors", "autoroller", "azure pipelines", "bors", "buildbot", "chromium-autoroll", "circleci",
        "codecov", "codecov-io", "commitbot", "copybara", "copybara-service", "coveralls", "deepsource-autofix",
        "dependabot", "dependabot-preview", "depfu", "gerrit code review", "gitgitgadget", "github actions",
        "github-actions", "github action", "gitlab-ci", "gitlab ci", "gobot", "gopherbot", "greenkeeper", "homu",
        "hosted weblate", "imgbot", "jenkins", "jenkins ci", "k8s-ci-robot", "kodiak", "kodiakhq", "lgtm-com",
        "mergebot", "mergify", "openstack proposal bot", "pre-commit-ci", "pre-commit.ci", "proposalbot", "pyup",
        "pyup-bot", "renovate", "renovate bot", "restyled-io", "rust-highfive", "semantic-release",
        "semantic-release-bot", "skia-recipe-roller", "snyk", "snyk bot", "transifex", "travis ci", "travis-ci",
        "web-flow", "weblate", "weblate (bot)", "whitesource", "zuul", "chromium autoroll",
    }
)  # fmt: skip
_AGENT = re.compile(
    r"^(?:claude (?:code|opus|sonnet|haiku|fable)\b.*|(?:github )?copilot\b.*|chatgpt.*|openai codex|"
    r"cursor agent|devin ai.*|devin-ai-integration.*|aider \(.*|gemini[- ](?:cli|code).*|google-labs-jules.*)$"
)
_AGENT_MAIL = re.compile(
    r"^(?:noreply|claude)@anthropic\.com$|^cursoragent@|@aider\.chat$|\+copilot@users\.noreply|\+devin-ai|^copilot@"
)
# Nobody's mailbox, whoever is named before it.
_NOBODY = frozenset(
    {
        "anonymous", "build", "builder", "daemon", "devnull", "email", "invalid", "mailer-daemon", "no-reply",
        "nobody", "none", "noreply", "null", "root", "svn", "test", "tester", "testing", "ubuntu", "unknown", "user",
        "username", "vagrant", "you", "your", "your.email", "youremail",
    }
)  # fmt: skip
# Often one person's on a domain of their own: the address may tie, the word before the @ never does.
_GENERIC = _NOBODY | frozenset(
    {
        "abuse", "accounts", "admin", "administrator", "bounce", "buildmaster", "ci", "code", "contact", "cvs", "dev",
        "devel", "developer", "developers", "devs", "enquiries", "foss", "git", "github", "gitlab", "guest", "hello",
        "help", "hi", "hostmaster", "info", "linux", "list", "lists", "mail", "mailman", "maintainer", "maintainers",
        "me", "mine", "myself", "name", "office", "open-source", "opensource", "ops", "oss", "patch", "patches",
        "postmaster", "press", "project", "public", "release", "releases", "sales", "security", "service", "software",
        "spam", "subscribe", "support", "sysadmin", "system", "team", "web", "webmaster", "work", "worker",
    }
)  # fmt: skip
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
    return program(address.local)


def program(word: str) -> bool:
    """Whether a folded name or log-in name is a program's."""
    return word in _PROGRAMS or ("bot" in word and _BOT_WORD.search(word) is not None)


def generic(word: str) -> bool:
    """Whether a handle is a word that many mailboxes carry, such as `info` or `git`."""
    return word in _GENERIC


def nature(name: str, address: Address) -> Nature:
    """What an alias stands for, by its name and address alone."""
    plain = fold(name).strip()
    if _AGENT.match(plain) or _AGENT_MAIL.search(address.email):
        return "agent"
    # "Ada Byron via Relay <relay-bot@…>" is Ada Byron; the address says nothing about her.
    if program(plain) or (automatic(address) and not names.read(name).full):
        return "bot"
    # "GitHub <noreply@github.com>": a service under its own name.
    if plain and nobodys(address) and plain in address.domain.split("."):
        return "bot"
    if placeholder(name) and nobodys(address):
        return "shared"
    return "person"
