from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.cases.attribute import Attribute
from seci.cases.case import Case, Judgement
from seci.cases.table import Table, read_table, write_table
from seci.kit.errors import BadInput


def column(name: str, *cells: str, delimiter: str = ",", other: str = "k") -> Table:
    """A table of one column beside ids."""
    rows = [f'r{at}{delimiter}"{cell}"{delimiter}{at % 2}' for at, cell in enumerate(cells)]
    return read_table("\n".join([f"id{delimiter}{name}{delimiter}{other}", *rows]))


def values(table: Table) -> list[object]:
    key = table.attributes[0].key
    return [case.values[key] for case in table.cases]


def test_units_signs_and_spaces_do_not_keep_a_number_from_being_one() -> None:
    table = column("Missing values", "7.4 %", "−3%", "+0 %", "", "1e1")
    assert table.attributes[0] == Attribute("missing_values", "Missing values", "number", "%", -3, 10)
    assert values(table) == [7.4, -3, 0, None, 10]


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (("1.204,50", "12,5"), [1204.5, 12.5]),
        (("1,204.50", "12.5"), [1204.5, 12.5]),
        (("1 204", "12"), [1204, 12]),
        (("1’204.5", "3"), [1204.5, 3]),
        (("€ 12", "€ 3"), [12, 3]),
        (("12 ms", "3ms"), [12, 3]),
    ],
)
def test_numbers_are_read_as_their_country_writes_them(cells: tuple[str, ...], wanted: list[float]) -> None:
    assert values(column("Size", *cells)) == wanted


def test_a_comma_that_can_mean_both_is_told() -> None:
    assert values(column("Size", "1,204", "3,500")) == [1204, 3500]
    assert column("Size", "1,204", "3,500").remarks == (
        "In Size the comma was read as a sign between thousands; check one value.",
    )
    assert values(column("Size", "1,204", "3,500", delimiter=";")) == [1.204, 3.5]


def test_yes_and_no_are_read_in_several_languages_and_unknown_is_never_no() -> None:
    table = column("Hot fix", "ja", "No", "n/a", "TRUE", "")
    assert table.attributes[0].type == "boolean"
    assert values(table) == [True, False, None, True, None]


def test_days_are_counted_from_the_first_one_and_read_again_in_the_next_file() -> None:
    table = column("Opened", "2026-01-31", "2026-02-02 14:05", "1.2.2026")
    assert values(table) == [0, 2, 1]
    assert (table.attributes[0].unit, table.attributes[0].how_measured) == ("days", "days since 2026-01-31")
    later = read_table("Opened\n2026-02-10\n5\n", known=table.attributes[:1])
    assert values(later) == [10, 5]


def test_words_that_rank_are_a_scale() -> None:
    table = column("Risk", "high", "low", "medium", "low")
    assert (table.attributes[0].type, table.attributes[0].levels) == ("ordinal", ("low", "medium", "high"))


def test_a_mixed_column_becomes_a_category_and_says_so() -> None:
    table = column("Load", "5", "daily", "daily", "7", "5")
    assert (table.attributes[0].type, table.attributes[0].levels) == ("category", ("5", "7", "daily"))
    assert "2 of 5" not in table.remarks[0]
    assert "3 of 5 cells are numbers" in table.remarks[0]


def test_a_slip_in_a_column_of_numbers_sets_its_row_aside() -> None:
    table = column("Size", *map(str, range(19)), "lots")
    assert len(table.cases) == 19
    assert [fault.sentence for fault in table.faults] == ["Line 21: Size is “lots”, which is not a number."]
    assert "1 row was set aside" in table.remarks[0]


def test_two_units_in_one_column_are_no_numbers() -> None:
    table = column("Time", "5 ms", "3 s", "5 ms")
    assert table.attributes[0].type == "category"
    assert table.remarks == ("Time mixes the units ms, s; write one unit for numbers.",)


def test_prose_and_empty_columns_are_left_out_and_told() -> None:
    rows = "\n".join(f"{at},said number {at} of them,,{at % 3}" for at in range(20))
    table = read_table(f"id,notes,blank,size\n{rows}\n")
    assert [one.key for one in table.attributes] == ["size"]
    assert len(table.remarks) == 2


def test_rows_that_cannot_be_read_are_set_aside_with_their_line() -> None:
    table = read_table('id,size\na,1\nb\na,3\n\nc,"4"\nd,5,6\n')
    assert [case.id for case in table.cases] == ["a", "c"]
    assert [fault.line for fault in table.faults] == [3, 4, 7]
    assert "stands in line 2 already" in table.faults[1].sentence


def test_id_title_link_and_verdict_are_taken_from_their_columns() -> None:
    table = read_table("Id;Title;URL;size;Verdict\nx1;A day;http://a.example/1;3;hold\nx2;;;4;\n", outcome="verdict")
    assert table.cases[0] == Case("x1", {"size": 3.0}, title="A day", link="http://a.example/1")
    assert table.outcomes == {"x1": "hold"}


def test_known_attributes_keep_their_type_and_levels() -> None:
    known = (Attribute("load", "kind of load", "category", levels=("daily", "backfill")),)
    table = read_table("kind of load,n\nDaily,1\nhourly,2\n", known=known)
    assert table.attributes[0] == known[0]
    assert table.cases[0].values["load"] == "daily"
    assert table.faults[0].sentence == "Line 3: kind of load is “hourly”, which is none of daily, backfill."


def test_files_of_other_encodings_are_read() -> None:
    assert read_table("Größe\n3\n4\n".encode("utf-16")).attributes[0].name == "Größe"
    western = read_table("Größe;b\n3;1\n4;2\n".encode("cp1252"))
    assert western.attributes[0].name == "Größe"
    assert "not UTF-8" in western.remarks[0]
    assert read_table("\ufeffsize,b\n1,2\n".encode()).attributes[0].key == "size"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The table is empty"),
        (b"  \n\n", "The table is empty"),
        (b"a,b\n", "holds no case"),
        (b"a,,c\n1,2,3\n", "Column 2 has no name"),
        (b"a,a\n1,2\n", "Two columns are called a"),
        (b"PK\x03\x04\0\0\0", "not text"),
        (b"a,b\n,\n1\n", "holds no case"),
        (b"a\nx,y\n", "holds no case"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_table(data)


def test_a_missing_verdict_column_is_named_with_those_there_are() -> None:
    with pytest.raises(BadInput, match="There is no column verdict; the table has size, b"):
        read_table("size,b\n1,2\n", outcome="verdict")


NUMBER = Attribute("n", "n of them", "number", "%", 0, 100)
LEVEL = Attribute("l", "level", "category", levels=("a", "=b", "-c", 'd "e", f'))
FLAG = Attribute("f", "flag", "boolean")
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map(str.strip)
cases = st.lists(
    st.builds(
        lambda n, level, flag, title: ({"n": n, "l": level, "f": flag}, title),
        st.none() | st.floats(0, 100),
        st.none() | st.sampled_from(LEVEL.levels),
        st.none() | st.booleans(),
        words,
    ),
    min_size=1,
    max_size=8,
)


@given(cases)
@settings(max_examples=60, deadline=None)
def test_a_table_written_is_read_back_as_it_was(rows: list[tuple[dict[str, object], str]]) -> None:
    bank = [Case(f"c{at}", found, title=title) for at, (found, title) in enumerate(rows)]  # type: ignore[arg-type]
    table = read_table(write_table((NUMBER, LEVEL, FLAG), bank), known=(NUMBER, LEVEL, FLAG))
    assert list(table.cases) == bank
    assert table.faults == ()


def test_what_a_spreadsheet_would_run_is_written_as_text() -> None:
    bank = [Case("c1", {"l": "=b"}, title="@now")]
    text = write_table((LEVEL,), bank, [Judgement(bank[0], "-hold")])
    assert text.splitlines()[1] == "c1,'=b,'@now,,'-hold"


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_anything_is_read_or_refused_in_a_sentence(data: str | bytes) -> None:
    try:
        found = read_table(data)
    except BadInput:
        return
    assert found.attributes
    assert found.cases or found.faults
