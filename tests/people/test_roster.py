from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.kit.errors import BadInput
from seci.people.roster import Entry, read

HEAD = "name,email,unit,function,starts_on,leaves_on,load_cap\n"


def test_a_row_becomes_an_entry() -> None:
    found = read(HEAD + "Ada Byron,ada@engine.example,Engine,analyst,2024-01-02,,4\n")
    assert found.entries == (
        Entry(2, "Ada Byron", "ada@engine.example", "Engine", "analyst", date(2024, 1, 2), None, 4.0),
    )
    assert not found.faults


def test_words_of_other_systems_semicolons_and_a_byte_order_mark_are_understood() -> None:
    found = read("\ufeffFull name;E-Mail;Department;Badge\r\nAda Byron;ada@engine.example;Engine;17\r\n")
    assert found.entries[0].unit == "Engine"
    assert found.ignored_columns == ("badge",)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",,Engine,,,,", "nobody"),
        ("Ada,not an address,,,,,", "email"),
        ("Ada,ada@engine.example,,,31.12.2024,,", "date"),
        ("Ada,ada@engine.example,,,2024-02-01,2024-01-01,", "order"),
        ("Ada,ada@engine.example,,,,,many", "number"),
        ("Ada,ada@engine.example,,,,,500", "number"),
        ("Ada,ada@engine.example,a,b,,,,,,", "columns"),
        (f"{'A' * 201},ada@engine.example,,,,,", "length"),
    ],
)
def test_a_bad_row_is_set_aside_with_its_line_and_the_others_go_on(row: str, code: str) -> None:
    found = read(
        HEAD + "Mary Somerville,mary@engine.example,,,,,\n" + row + "\nGrace Hopper,grace@engine.example,,,,,\n"
    )
    assert [entry.name for entry in found.entries] == ["Mary Somerville", "Grace Hopper"]
    assert [(fault.line, fault.code) for fault in found.faults] == [(3, code)]
    assert found.faults[0].sentence.startswith("Line 3: ")


def test_one_mailbox_stands_once() -> None:
    found = read("name,email\nAda,ada@x.example\nAda B,ADA@x.example\n")
    assert [fault.code for fault in found.faults] == ["repeated"]


@pytest.mark.parametrize("text", ["", "Ada,ada@x.example\n", "\n\n"])
def test_a_list_without_a_header_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(BadInput, match="first line"):
        read(text)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = read("name,email\n" + text)
    assert all(fault.line >= 2 for fault in found.faults)
