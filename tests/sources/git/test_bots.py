from __future__ import annotations

import pytest

from seci.sources.git.bots import is_agent, is_machine


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"),
        ("github-actions[bot]", "github-actions[bot]@users.noreply.github.com"),
        ("GitHub", "noreply@github.com"),
        ("Renovate Bot", "bot@renovateapp.com"),
        ("build bot (Jenkins)", "no-reply@coreboot.org"),
        ("Gerrit Code Review", "noreply-gerritcodereview@google.com"),
        ("Gopher Robot", "gobot@golang.org"),
        ("travis", "travis@travis-ci.org"),
        ("kernel test robot", "lkp@intel.com"),
        ("k8s-ci-robot", "k8s-ci-robot@users.noreply.github.com"),
        ("Acme Release-Bot", "x@acme.org"),
        ("(no author)", "(no author)@7527bd77"),
        ("root", "root@localhost"),
    ],
)
def test_a_machine_is_known(name: str, address: str) -> None:
    assert is_machine(name.encode(), address.encode())


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Anna Abbot", "abbot@example.org"),
        ("Botond Kis", "botond@example.org"),
        ("Jean Talbot", "jtalbot@example.org"),
        ("Michael Hudson-Doyle", "michael.hudson@canonical.com"),
        ("Nathan Youngman", "git@nathany.com"),
        ("Travis Oliphant", "oliphant@example.org"),
        ("Rob Otis", "rob.otis@example.org"),
        ("Octo Cat", "12345+octocat@users.noreply.github.com"),
        ("Claude Shannon", "claude@bell.com"),
        ("Travis Meisenheimer", "travis@indexoutofbounds.com"),
        ("Daniel Stevenson", "bot@dstev.net"),
        ("unknown", "w00312082@example.org"),
        ("Devin Townsend", "devin@example.org"),
        ("Cibot Marie", "marie.cibot@example.fr"),
        ("Gemini Lasswell", "gazally@example.org"),
        ("", ""),
    ],
)
def test_a_person_is_not_taken_for_a_machine(name: str, address: str) -> None:
    assert not is_machine(name.encode(), address.encode())


def test_an_assistant_needs_more_than_a_first_name() -> None:
    assert is_agent(b"Claude", b"noreply@anthropic.com")
    assert is_agent(b"devin-ai-integration[bot]", b"158243242+devin-ai-integration[bot]@users.noreply.github.com")
    assert is_agent(b"copilot-swe-agent[bot]", b"198982749+Copilot@users.noreply.github.com")
    assert not is_agent(b"Claude", b"claude@example.fr")
    assert not is_agent(b"Sam", b"sam@anthropic.com")
