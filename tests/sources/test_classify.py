"""The rules that turn a commit into a kind of knowledge event."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.ledger.kinds import Kind, Mode
from seci.sources.git.classify import kind_of
from seci.sources.git.codes import Nature, Role, Status

TOUCHES = st.lists(st.tuples(st.sampled_from(Nature), st.sampled_from(Status)))


@given(st.sampled_from(Role), TOUCHES)
def test_every_commit_has_exactly_one_kind_with_one_mode(role: Role, touches: list[tuple[Nature, Status]]) -> None:
    assert kind_of(role, touches).mode in Mode


@given(TOUCHES)
def test_the_order_of_the_files_does_not_matter(touches: list[tuple[Nature, Status]]) -> None:
    assert kind_of(Role.AUTHOR, touches) == kind_of(Role.AUTHOR, reversed(touches))


@given(TOUCHES, st.sampled_from([Role.CO_AUTHOR, Role.REVIEWER, Role.ACKED, Role.TESTED, Role.HELPED, Role.MERGER]))
def test_whoever_works_with_the_author_socializes(touches: list[tuple[Nature, Status]], role: Role) -> None:
    assert kind_of(role, touches).mode is Mode.SOCIALIZATION


@given(TOUCHES, st.sampled_from(Status))
def test_code_beside_documents_is_practice(touches: list[tuple[Nature, Status]], status: Status) -> None:
    assert kind_of(Role.AUTHOR, [*touches, (Nature.CODE, status)]) is Kind.APPLY


@pytest.mark.parametrize(
    ("statuses", "kind"),
    [
        ([Status.ADDED], Kind.WRITE),
        ([Status.ADDED, Status.MODIFIED], Kind.WRITE),
        ([Status.MODIFIED], Kind.REVISE),
        ([Status.MODIFIED, Status.DELETED], Kind.REVISE),
        ([Status.MOVED], Kind.CATEGORIZE),
        ([Status.RENAMED], Kind.REVISE),
        ([Status.DELETED], Kind.RETIRE),
    ],
)
def test_documents_are_written_revised_moved_or_retired(statuses: list[Status], kind: Kind) -> None:
    assert kind_of(Role.AUTHOR, [(Nature.DOCS, status) for status in statuses]) is kind


def test_files_of_others_brought_in_are_an_import() -> None:
    assert kind_of(Role.AUTHOR, [(Nature.VENDORED, Status.ADDED)]) is Kind.IMPORT_EXTERNAL
