from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.sources.git.codes import Flag, Role
from seci.sources.git.trailers import change_of, people, said


def roles(body: str, subject: str = "Change") -> list[tuple[str, str]]:
    found = said(f"{subject}\n\n{body}".encode())
    return [(Role(role).name, person.decode()) for role, person in found.roles]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Reviewed-by: Bo Li <bo@x.org>", "REVIEWER"),
        ("Reviewed-By: Bo Li <bo@x.org>", "REVIEWER"),
        ("REVIEWED-BY: Bo Li <bo@x.org>", "REVIEWER"),
        ("Reviewed by: Bo Li <bo@x.org>", "REVIEWER"),
        ("Reviewd-by: Bo Li <bo@x.org>", "REVIEWER"),
        ("Reveiwed-by: Bo Li <bo@x.org>", "REVIEWER"),
        ("reivewers: Bo Li <bo@x.org>", "REVIEWER"),
        ("Approved-by: Bo Li <bo@x.org>", "REVIEWER"),
        ("Acked-by: Bo Li <bo@x.org>", "ACKED"),
        ("Tested-by: Bo Li <bo@x.org>", "TESTED"),
        ("Helped-by: Bo Li <bo@x.org>", "HELPED"),
        ("Suggested-by: Bo Li <bo@x.org>", "HELPED"),
        ("Mentored-by: Bo Li <bo@x.org>", "HELPED"),
        ("Reported-by: Bo Li <bo@x.org>", "REPORTED"),
        ("Signed-off-by: Bo Li <bo@x.org>", "SIGNED_OFF"),
        ("Co-authored-by: Bo Li <bo@x.org>", "CO_AUTHOR"),
        ("Co-Authored-By: Bo Li <bo@x.org>", "CO_AUTHOR"),
        ("Co-developed-by: Bo Li <bo@x.org>", "CO_AUTHOR"),
        ("    Reviewed-by: Bo Li <bo@x.org>", "REVIEWER"),
        ("Reviewed-by : Bo Li <bo@x.org>", "REVIEWER"),
    ],
)
def test_a_key_is_known_however_it_is_written(line: str, role: str) -> None:
    assert roles(line) == [(role, "Bo Li <bo@x.org>")]


@pytest.mark.parametrize(
    "line", ["Note: Bo Li <bo@x.org>", "Fixes: 12ab", "See also: x", "https://a.org/b", "Cc: B <b@x>"]
)
def test_other_lines_are_about_nobody(line: str) -> None:
    assert roles(line) == []


def test_a_line_counts_outside_the_last_paragraph() -> None:
    body = "Reviewed-by: Bo Li <bo@x.org>\n\nMore text after it.\n\nChange-Id: I123\n"
    assert roles(body) == [("REVIEWER", "Bo Li <bo@x.org>")]


def test_several_people_stand_on_a_line() -> None:
    body = "Reviewed-by: A One <a@x.org>, B Two <b@x.org> and C Three <c@x.org>"
    assert [who for _, who in roles(body)] == ["A One <a@x.org>", "B Two <b@x.org>", "C Three <c@x.org>"]


def test_kafka_names_reviewers_in_the_body_with_and_without_addresses() -> None:
    body = "Long text.\n\nReviewers: Jun Rao <junrao@gmail.com>, Ismael Juma, Guozhang Wang <wang@gmail.com>\n"
    assert [who for _, who in roles(body)] == [
        "Jun Rao <junrao@gmail.com>",
        "Ismael Juma <>",
        "Guozhang Wang <wang@gmail.com>",
    ]


def test_reviewers_may_go_on_over_lines() -> None:
    body = "Reviewers: Jun Rao <j@x.org>,\n    Ismael Juma <i@x.org>\n"
    assert [who for _, who in roles(body)] == ["Jun Rao <j@x.org>", "Ismael Juma <i@x.org>"]


def test_mozilla_and_rust_name_reviewers_in_the_subject() -> None:
    assert roles("", "Bug 1 - Fix it. r=bz,sr=jst") == [("REVIEWER", "bz <>"), ("REVIEWER", "jst <>")]
    assert roles("", "Auto merge of #12 - me:it, r=nikomatsakis") == [("REVIEWER", "nikomatsakis <>")]
    assert roles("", "Update hashes, r=me a=release") == []
    assert roles("", "Set for=each in the loop") == []


def test_old_go_names_reviewers_but_not_its_lists() -> None:
    assert roles("R=golang-dev, rsc, r\nCC=golang-dev") == [("REVIEWER", "rsc <>"), ("REVIEWER", "r <>")]


def test_remarks_and_odd_brackets_are_no_people() -> None:
    assert people(b"A One <a@x.org> # v2") == [b"A One <a@x.org>"]
    assert people(b"A One <a@x.org> [rebased, reworded]") == [b"A One <a@x.org>"]
    assert people(b"A One (a@x.org)") == [b"A One <a@x.org>"]
    assert people(b'"One, A" <a@x.org>')[-1].endswith(b"<a@x.org>")
    assert people(b"a@x.org") == [b" <a@x.org>"]
    assert people(b"@octocat") == [b"octocat <>"]
    assert people(b"nobody") == []
    assert people(b"https://example.org/review/1") == []


def test_an_address_that_is_not_closed_ends_at_the_next_person() -> None:
    assert people(b"A One <a@x.org, B Two <b@x.org>") == [b"A One <a@x.org>", b"B Two <b@x.org>"]
    assert people(b"A One <A One <a@x.org>") == [b"A One <a@x.org>"]


def test_names_with_a_bare_address_or_a_login_are_read_wherever_they_stand() -> None:
    assert people(b"A One a@x.org, B Two <b@x.org>") == [b"A One <a@x.org>", b"B Two <b@x.org>"]
    assert people(b"a@x.org, B Two <b@x.org>") == [b" <a@x.org>", b"B Two <b@x.org>"]
    assert people(b"A One @aone, B Two <b@x.org>") == [b"A One <>", b"B Two <b@x.org>"]
    assert people(b"@octocat <o@x.org>") == [b"octocat <o@x.org>"]


@pytest.mark.parametrize(
    "line",
    [
        "Reviewers Bo Li <bo@x.org>",
        "Reviewers; Bo Li <bo@x.org>",
        "Reviewed: Bo Li <bo@x.org>",
        "Reviewed by Bo Li <bo@x.org>",
        "Reviewers: Reviewers: Bo Li <bo@x.org>",
    ],
)
def test_reviewers_count_whatever_stands_for_the_colon_where_an_address_follows(line: str) -> None:
    assert roles(line) == [("REVIEWER", "Bo Li <bo@x.org>")]


def test_a_sentence_about_reviewers_names_nobody() -> None:
    assert roles("Reviewers should look at the tests.\nReviewed by the usual suspects\nReviewed: yes") == []


def test_a_line_of_any_length_is_read_in_a_moment() -> None:
    long = 300_000
    for body in (b" " * long, b"x " * long, b"a," * long, b"<" * long, b"a@" * long, b"r=" * long, b"\n" * long):
        said(b"Change\n\nReviewed-by: " + body)
        said(b"Change\n\nPR-URL: https://" + body + b"/pull/x")
        said(body, merge=True)


def test_machines_take_no_part() -> None:
    assert roles("Tested-by: build bot (Jenkins) <no-reply@coreboot.org>") == []
    assert roles("Co-authored-by: dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>") == []
    assert roles("Reviewed-by: Anna Abbot <abbot@x.org>") == [("REVIEWER", "Anna Abbot <abbot@x.org>")]


@pytest.mark.parametrize(
    "line",
    [
        "Co-authored-by: Claude <noreply@anthropic.com>",
        "Co-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>",
        "Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>",
        "Co-authored-by: Cursor Agent <cursoragent@cursor.com>",
        "Assisted-by: some model",
        "Generated with [Claude Code](https://claude.ai/code)",
    ],
)
def test_a_writing_assistant_is_a_flag_and_no_person(line: str) -> None:
    found = said(f"Change\n\n{line}\n".encode())
    assert found.flags & Flag.AI_ASSISTED
    assert found.roles == []


def test_a_person_called_claude_is_a_person() -> None:
    found = said(b"Change\n\nCo-authored-by: Claude <claude@example.fr>\nReviewed-by: Claude Martin <cm@x.fr>\n")
    assert not found.flags & Flag.AI_ASSISTED
    assert [who for _, who in found.roles] == [b"Claude <claude@example.fr>", b"Claude Martin <cm@x.fr>"]


@pytest.mark.parametrize(
    ("message", "change"),
    [
        ("Fix it (#123)", "#123"),
        ("Fix it (!45)", "!45"),
        ("Fix\n\nPR-URL: https://github.com/nodejs/node/pull/77\n", "nodejs/node#77"),
        ("Fix\n\nPR-URL: #77\n", "#77"),
        ("Fix\n\nReviewed-on: https://go-review.googlesource.com/c/tools/+/5432\n", "go-review.googlesource.com/5432"),
        ("Fix\n\nReviewed-on: https://review.coreboot.org/9\n", "review.coreboot.org/9"),
        ("Fix\n\nDifferential Revision: https://reviews.llvm.org/D1234\n", "reviews.llvm.org/D1234"),
        ("Fix\n\nPart-of: <https://gitlab.x.org/mesa/mesa/-/merge_requests/8>\n", "mesa/mesa!8"),
        ("Fix\n\nChange-Id: Iabc\n", "Iabc"),
        ("Fix\n\nChange-Id: Iabc\nReviewed-on: https://r.org/3\n", "r.org/3"),
        ("Fix the thing", ""),
    ],
)
def test_the_change_it_belongs_to_is_found(message: str, change: str) -> None:
    assert said(message.encode()).change.decode() == change


def test_a_merge_commit_names_its_pull_request_or_is_only_a_pull() -> None:
    assert said(b"Merge pull request #12 from alice/topic\n\nTitle\n", merge=True).change == b"#12"
    pulls = (
        b"Merge branch 'master' of github.com:x/y",
        b"Merge remote-tracking branch 'origin/main' into topic",
        b"Merge branch 'main' into topic",
        b"Merge branch 'master'",
    )
    for subject in pulls:
        assert said(subject, merge=True).flags & Flag.PULL, subject
    for subject in (b"Merge branch 'topic' into main", b"Merge branch 'topic'", b"Merge tag 'x' of git://y"):
        assert not said(subject, merge=True).flags & Flag.PULL, subject


def test_reverts_and_squashes_are_seen() -> None:
    assert said(b'Revert "Fix"\n\nThis reverts commit 12.\n').flags & Flag.REVERT
    assert said(b"Undo\n\nThis reverts commit 12ab.\n").flags & Flag.REVERT
    assert said(b"Fix (#1)").flags & Flag.SQUASH
    assert not said(b"Fix #1").flags & Flag.SQUASH


def test_change_of_prose_is_nothing() -> None:
    assert change_of(b"as discussed") == b""
    assert change_of(b"https://") == b""


@given(st.binary(max_size=300))
def test_no_message_breaks_the_reader(message: bytes) -> None:
    found = said(message.replace(b"\0", b""))
    assert all(person.endswith(b">") and b"\n" not in person for _, person in found.roles)


names = st.text(st.characters(whitelist_categories=("Lu", "Ll", "Lo"), max_codepoint=0x2FF), min_size=2, max_size=8)
person = st.builds(
    lambda first, last, box: f"{first} {last} <{box}@example.org>",
    names,
    names,
    st.from_regex(r"[a-z]{3,8}[0-9]", fullmatch=True),
)


@given(st.lists(person, min_size=1, max_size=6, unique=True))
def test_every_person_written_on_a_line_is_read_back(written: list[str]) -> None:
    written = [who for who in written if " and " not in who.lower()]
    assert [found.decode() for found in people(", ".join(written).encode())] == written
