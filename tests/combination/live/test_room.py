from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from seci.combination.live import room as rooms
from seci.combination.live.patch import Edit, apply, edits, plain
from seci.combination.live.room import Member, Room
from seci.kit.errors import BadInput, Refused
from tests.combination.live.pages_of import Page

WORDS = st.text(alphabet="ab é😀\n#", max_size=12)
PAGES = st.integers(0, 2)


class Writing(RuleBasedStateMachine):
    """Three people write, lose their lines, come back; the server is killed; the page is changed from elsewhere.

    The journal is all that a kill leaves. A page keeps what was typed in it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.journal = [rooms.seed("# Title\n\nOne line.\n")]
        self.room = Room(0, self.journal)
        self.taken_over = self.journal[0]
        self.pages = [Page(line) for line in range(3)]
        self.connected: set[int] = set()

    @rule(page=PAGES)
    def come(self, page: int) -> None:
        if page not in self.connected:
            self.connected.add(page)
            self.pages[page].open()
            self.deal(self.room.join(Member(page, page, page, f"Page {page}"), {}))

    @rule(page=PAGES)
    def lose_the_line(self, page: int) -> None:
        if page in self.connected:
            self.connected.discard(page)
            self.pages[page].out, self.pages[page].ready = [], False
            self.deal(self.room.leave(page))

    @rule(page=PAGES, words=WORDS, at=st.floats(0, 1), cut=st.integers(0, 6))
    def write(self, page: int, words: str, at: float, cut: int) -> None:
        text = self.pages[page].words()
        start = int(at * len(text))
        self.pages[page].write(text[:start] + words + text[start + cut :])

    @rule(page=PAGES)
    def arrive(self, page: int) -> None:
        if page in self.connected:
            frames, self.pages[page].out = self.pages[page].out, []
            for frame in frames:
                self.deal(self.room.hear(page, frame))

    @rule()
    def tick(self) -> None:
        changes = self.room.take()
        self.journal += [change.update for change in changes]
        self.deal(self.room.kept(changes))

    @rule()
    def a_full_disk_keeps_nothing(self) -> None:
        self.room.failed(self.room.take())

    @rule(words=WORDS)
    def change_elsewhere(self, words: str) -> None:
        text = rooms.words_of([self.taken_over])
        update, self.taken_over = rooms.outside(self.taken_over, words + text[1:])
        self.journal.append(update)
        self.deal(self.room.bring([update]))

    @rule()
    def kill_the_server(self) -> None:
        for page in list(self.connected):
            self.pages[page].out, self.pages[page].ready = [], False
        self.connected.clear()
        self.room = Room(0, self.journal)

    @invariant()
    def what_is_shown_is_durable(self) -> None:
        assert self.room.words() == rooms.words_of(self.journal)

    def teardown(self) -> None:
        for _ in range(3):
            for page in range(3):
                self.come(page)
                self.arrive(page)
            self.tick()
        texts = {page.words() for page in self.pages} | {self.room.words(), rooms.words_of(self.journal)}
        assert len(texts) == 1

    def deal(self, sendings: list[rooms.Sending]) -> None:
        for line, frame in sendings:
            if line in self.connected:
                self.pages[line].hear(frame)


Writing.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestWriting = Writing.TestCase


def patched(before: str, changes: list[Edit]) -> str:
    parts, at = [], 0
    for change in changes:
        parts += [before[at : change.start], change.text]
        at = change.end
    return "".join([*parts, before[at:]])


@given(before=WORDS, after=WORDS)
def test_edits_make_the_one_text_of_the_other(before: str, after: str) -> None:
    assert patched(before, edits(before, after)) == after
    _doc, text = rooms.document([rooms.seed(before)])
    apply(text, plain(before), edits(plain(before), plain(after)))
    assert str(text) == plain(after)


def room_with(*pages: Page, text: str = "one two three", may_write: bool = True) -> Room:
    room = Room(0, [rooms.seed(text)])
    for page in pages:
        page.open()
        for line, frame in room.join(Member(page.line, page.line, None, f"P{page.line}", may_write), {"revision": 1}):
            next(each for each in pages if each.line == line).hear(frame)
        deliver(room, *pages)
    return room


def deliver(room: Room, *pages: Page) -> None:
    for page in pages:
        frames, page.out = page.out, []
        for frame in frames:
            deal(room.hear(page.line, frame), *pages)


def deal(sendings: list[rooms.Sending], *pages: Page) -> None:
    for line, frame in sendings:
        next(each for each in pages if each.line == line).hear(frame)


def test_nothing_is_acknowledged_or_shown_before_it_is_kept() -> None:
    alice, bob = Page(1), Page(2)
    room = room_with(alice, bob)
    alice.write("one two four three")
    deliver(room, alice, bob)
    assert (alice.kept, bob.words(), room.words()) == (0, "one two three", "one two three")
    deal(room.kept(room.take()), alice, bob)
    assert (alice.kept, bob.words(), room.words()) == (1, *["one two four three"] * 2)


def test_a_change_from_elsewhere_keeps_what_is_being_typed() -> None:
    alice = Page(1)
    room = room_with(alice, text="# A\n\nfirst\n\nsecond\n")
    base = room.state()
    alice.write("# A\n\nfirst and more\n\nsecond\n")
    deliver(room, alice)
    deal(room.kept(room.take()), alice)
    update, state = rooms.outside(base, "# A\n\nfirst\n\nsecond, as imported\n")
    deal(room.bring([update]), alice)
    assert alice.words() == room.words() == "# A\n\nfirst and more\n\nsecond, as imported\n"
    assert rooms.words_of([state]) == "# A\n\nfirst\n\nsecond, as imported\n"


def test_who_may_only_read_cannot_write() -> None:
    guest = Page(1)
    room = room_with(guest, may_write=False)
    guest.write("mine")
    with pytest.raises(Refused, match="propose a change"):
        deliver(room, guest)
    assert room.words() == "one two three"


def test_names_and_cursors_are_gone_with_their_page() -> None:
    alice, bob = Page(1), Page(2)
    room = room_with(alice, bob)
    deal(room.hear(1, '{"place": [{"item": 3}, {"item": 4}]}'), alice, bob)
    assert bob.told[-1] == {"kind": "place", "line": 1, "place": [{"item": 3}, {"item": 4}]}
    assert room.members[1].color != room.members[2].color
    deal(room.leave(1), alice, bob)
    assert [person["name"] for person in bob.told[-1]["people"]] == ["P2"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "frame",
    [b"", b"\x07abc", b"\x01\x00", b"\x01\0\0\0\1\xff\xffno", b"\x00\xff\xffno", "[]", "{", '{"place": 3}'],
)
def test_what_is_no_frame_is_refused_and_harms_nothing(frame: bytes | str) -> None:
    room = room_with(Page(1))
    with pytest.raises(BadInput):
        room.hear(1, frame)
    assert room.words() == "one two three"
    assert not room.waiting
