from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seci.sources.git.codes import Flag, Role, Status
from seci.sources.git.parse import BETWEEN, Parser, commits

SHA = b"%040x"
BLOB = b"b" * 40
path = st.binary(min_size=1, max_size=20).filter(lambda name: b"\0" not in name)
words = st.binary(max_size=60).map(lambda text: text.replace(b"\0", b"").replace(b"<", b"").replace(b">", b""))
name = words.map(lambda text: text.replace(b"\n", b""))
letter = st.sampled_from([b"A", b"M", b"D", b"T"])
touches = st.dictionaries(path, letter, max_size=8)
Row = tuple[bytes, bytes, int, bytes, dict[bytes, bytes]]
commit = st.tuples(name, name, st.integers(0, 2**40), words, touches)


def printed(number: int, row: Row) -> bytes:
    """A commit as git prints it: a header, then pairs of a raw line and a path."""
    author, address, when, message, files = row
    who = author + b" <" + address + b">"
    tokens = [b"\n".join([SHA % number, who, b"%d" % when, who, b"%d" % when, b"subject", message])]
    for n, (where, status) in enumerate(files.items()):
        old = b"0" * 40 if status == b"A" else b"%040x" % (n + 1)
        new = b"0" * 40 if status == b"D" else b"%040x" % (n + 1000)
        tokens += [raw(n, old, new, status), where]
    return end(tokens)


def raw(n: int, old: bytes, new: bytes, status: bytes, modes: bytes = b"100644 100644") -> bytes:
    return (b"\n" if n == 0 else b"") + b":" + modes + b" " + old + b" " + new + b" " + status


def end(tokens: list[bytes]) -> bytes:
    return b"\0" + b"\0".join(tokens) + b"\0"


@given(st.lists(commit, max_size=8))
def test_whatever_is_printed_is_read_back(rows: list[Row]) -> None:
    found = commits(b"".join(printed(n, row) for n, row in enumerate(rows)))
    assert [each.paths for each in found] == [list(files) for *_, files in rows]
    assert all(each.is_whole(SHA % n) for n, each in enumerate(found))
    parser = Parser()
    for each in found:
        parser.add(each, 1)
    table = parser.slice
    assert len(table) == len(rows)
    assert list(table.authored) == [when if when < 253_402_300_800 else 0 for _, _, when, _, _ in rows]
    paths = list(table.paths)
    assert [paths[n] for n in table.touch_path] == [where for *_, files in rows for where in files]
    aliases = list(table.aliases)
    assert [aliases[n] for n in table.author] == [author + b" <" + box + b">" for author, box, *_ in rows]


@given(st.lists(commit, min_size=1, max_size=6), st.integers(0, 5))
def test_a_stream_may_be_cut_between_commits(rows: list[Row], cut: int) -> None:
    each = [printed(n, row) for n, row in enumerate(rows)]
    assert commits(b"".join(each[:cut])) + commits(b"".join(each[cut:])) == commits(b"".join(each))
    assert b"".join(each).count(BETWEEN) == len(rows) - 1


def one(files: list[tuple[bytes, bytes, bytes, bytes]], parents: int = 1) -> Parser:
    """A commit with rows (status, path, old blob, new blob)."""
    tokens = [b"\n".join([SHA % 1, b"A <a@x>", b"5", b"B <b@x>", b"6", b"subject"])]
    for n, (status, where, old, new) in enumerate(files):
        tokens += [raw(n, old, new, status), where]
    found = commits(end(tokens))[0]
    found.pair()
    parser = Parser()
    parser.add(found, parents)
    return parser


def test_a_move_is_one_touch_with_its_old_path() -> None:
    table = one([(b"D", b"a", BLOB, b"0" * 40), (b"A", b"b", b"0" * 40, BLOB), (b"M", b"c", BLOB, b"d" * 40)]).slice
    paths = list(table.paths)
    assert [paths[n] for n in table.touch_path] == [b"b", b"c"]
    assert list(table.touch_status) == [Status.MOVED, Status.MODIFIED]
    assert [(t, paths[p]) for t, p in zip(table.old_touch, table.old_path, strict=True)] == [(0, b"a")]


def test_submodules_are_counted_and_are_no_files() -> None:
    head = b"\n".join([SHA % 1, b"A <a@x>", b"5", b"A <a@x>", b"6", b"subject"])
    links = [raw(n, b"0" * 40, BLOB, b"A", modes=b"000000 160000") for n in range(2)]
    parser = Parser()
    parser.add(commits(end([head, links[0], b"sub", links[1], b"sub2"]))[0], 1)
    assert parser.slice.submodules == 2
    assert len(parser.slice.touch_path) == 0


def test_words_about_a_submodule_are_no_submodule() -> None:
    head = b"\n".join([SHA % 1, b"A <a@x>", b"5", b"A <a@x>", b"6", b"Mode :160000 means a link"])
    parser = Parser()
    for tokens in ([head], [head, raw(0, BLOB, BLOB, b"M"), b"file"]):
        parser.add(commits(end(tokens))[0], 1)
    assert parser.slice.submodules == 0
    assert list(parser.slice.files) == [0, 1]


def test_the_committer_takes_part_when_it_is_someone_else() -> None:
    table = one([]).slice
    people = list(table.aliases)
    roles = [(people[a], role) for a, role in zip(table.role_alias, table.role, strict=True)]
    assert roles == [(b"A <a@x>", Role.AUTHOR), (b"B <b@x>", Role.COMMITTER)]


def test_a_commit_knows_its_shape() -> None:
    assert one([], 0).slice.flags[0] == Flag.ROOT
    assert one([], 1).slice.flags[0] == 0
    assert one([], 2).slice.flags[0] == Flag.MERGE
