from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.people.addresses import read
from seci.people.evidence import Alias
from seci.people.evidence import read as read_alias


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Jane.Doe@Example.org", "jane.doe@example.org"),
        ("jane+seci@work.example", "jane@work.example"),
        ("jane.doe@gmail.com", "janedoe@googlemail.com"),
        ("Michael Xie Michael.Xie@amd.com", "michael.xie@amd.com"),
        ("marex at denx.de", "marex@denx.de"),
        ("<jane@work.example>", "jane@work.example"),
    ],
)
def test_one_mailbox_is_read_alike_however_it_is_written(one: str, two: str) -> None:
    assert read(one).email == read(two).email != ""


def test_a_forge_address_shows_account_and_number() -> None:
    address = read("12345+octo-cat@users.noreply.github.com")
    assert (address.number, address.local, address.noreply) == ("12345", "octo-cat", True)
    assert read("octo-cat@users.noreply.github.com").local == "octo-cat"


@pytest.mark.parametrize(
    ("text", "organization"),
    [
        ("a@host.bos.redhat.com", "redhat.com"),
        ("a@cs.utcluj.ro", "utcluj.ro"),
        ("a@mail.example.co.uk", "example.co.uk"),
        ("a@gmail.com", ""),
        ("a@localhost.localdomain", ""),
        ("a@laptop.(none)", ""),
        ("a", ""),
    ],
)
def test_hosts_of_one_organization_agree(text: str, organization: str) -> None:
    assert read(text).organization == organization


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    found = read(text)
    assert bool(found.email) == bool(found.domain)
    assert found.domain.endswith(found.organization)


@pytest.mark.parametrize(
    ("name", "email", "nature"),
    [
        ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com", "bot"),
        ("GitHub Actions", "actions@github.com", "bot"),
        ("GitHub", "noreply@github.com", "bot"),
        ("Ada Byron", "noreply@github.com", "person"),
        ("coreboot-bot", "x@y.example", "bot"),
        ("Claude Opus 4", "noreply@anthropic.com", "agent"),
        ("Copilot", "198982749+Copilot@users.noreply.github.com", "agent"),
        ("root", "root@localhost", "shared"),
        ("(no author)", "", "shared"),
        ("", "", "shared"),
        ("Travis Ralston", "travis@t2.example", "person"),
        ("Gerrit Renker", "gerrit@erg.example", "person"),
        ("Jan Bot", "jan.bot@company.example", "person"),
        ("Claude Paroz", "claude@2xlibre.example", "person"),
        ("Ada Byron via Relay", "relay-bot@lists.example", "person"),
        ("System Administrator", "root@Kyle-Bakers-MacBook-Pro.local", "person"),
    ],
)
def test_programs_and_shared_mailboxes_are_told_from_people(name: str, email: str, nature: str) -> None:
    assert read_alias(Alias(name, email)).nature == nature
