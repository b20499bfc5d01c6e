"""A text as blocks and sentences, each with the exact characters it takes."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from seci.library.markdown.block import Block
from seci.library.markdown.reading import blocks, sentences

SAMPLE = """---
title: Review
---
# Head *ing* `c`\r
\r
Hard wrapped\r
line one. **Two is e.g. this. Three** [link. text](http://a.b/c. "x") is 3.5 mm. See https://a.b/c.d. Next\r
> quote one\r
> goes on. And `code. here` too!\r
\r
- [ ] item a.
  wrapped b. Second
  1. nested one.
     - deeper `a. B` ok

     second paragraph. Yes.
- item &amp; two
  after

| a | b |
|---|---|
| *c* | d. E |

```py
x = 1. Y
```

![alt. text](i.png)

<div>
hi <b>there</b>
</div>

---
Setext
===
Done.
"""


def said(text: str) -> list[str]:
    return [one.text for one in sentences(text)]


def test_every_kind_of_block_is_read_with_its_headings() -> None:
    found = blocks(SAMPLE)
    kinds = [(one.kind, one.level) for one in found]
    assert kinds == [
        ("heading", 1), ("paragraph", 0), ("quote", 0), ("item", 1), ("item", 2), ("item", 3), ("item", 2), ("item", 1),
        ("table", 0), ("code", 0), ("image", 0), ("html", 0), ("rule", 0), ("heading", 1), ("paragraph", 0),
    ]  # fmt: skip
    assert found[0].text == "Head ing c"
    assert found[1].path == ("Head ing c",)
    assert found[-1].path == ("Setext",)
    assert found[8].text == "a\tb\nc\td. E"
    assert SAMPLE[found[3].start : found[3].end] == "- [ ] item a.\n  wrapped b. Second"
    assert SAMPLE[found[-2].start : found[-2].end] == "Setext\n==="


def test_the_mark_of_an_alert_is_none_of_its_words_and_belongs_to_its_first_block() -> None:
    text = "Before.\n\n> [!WARNING]\n> Never push\n> on Friday.\n>\n> - Ask first.\n\n> [!NOTE]\n\nAfter.\n"
    assert [(one.kind, one.text, text[one.start : one.end]) for one in blocks(text)] == [
        ("paragraph", "Before.", "Before."),
        ("quote", "Never push on Friday.", "> [!WARNING]\n> Never push\n> on Friday."),
        ("item", "Ask first.", "> - Ask first."),
        ("paragraph", "After.", "After."),
    ]
    assert [text[one.start : one.end] for one in sentences(text)] == [
        "Before.", "Never push\n> on Friday.", "Ask first.", "After."
    ]  # fmt: skip


def test_a_name_behind_a_heading_is_none_of_its_words() -> None:
    assert [one.text for one in blocks("# Tests {#tests}\n\n## A `{}` set {: .no_toc }\n\n## Sets {a, b}\n")] == [
        "Tests", "A {} set", "Sets {a, b}",
    ]  # fmt: skip


def test_sentences_join_wrapped_lines_and_never_cut_links_or_code() -> None:
    assert said(SAMPLE) == [
        "Hard wrapped line one.", "Two is e.g. this.", "Three link. text is 3.5 mm.", "See https://a.b/c.d.", "Next",
        "quote one goes on.", "And code. here too!", "item a. wrapped b.", "Second", "nested one.", "deeper a. B ok",
        "second paragraph.", "Yes.", "item & two after", "Done.",
    ]  # fmt: skip


def test_the_place_of_a_sentence_holds_its_marks() -> None:
    places = [SAMPLE[one.start : one.end] for one in sentences(SAMPLE)]
    assert places[0] == "Hard wrapped\r\nline one."
    assert places[1:3] == ["**Two is e.g. this.", 'Three** [link. text](http://a.b/c. "x") is 3.5 mm.']
    assert places[5] == "quote one\r\n> goes on."
    assert places[7] == "item a.\n  wrapped b."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask Dr. Smith. He knows.", ["Ask Dr. Smith.", "He knows."]),
        ("J. Doe wrote it. Read it!", ["J. Doe wrote it.", "Read it!"]),
        ("Use tools, e.g. Ruff, i.e. linters. Run them.", ["Use tools, e.g. Ruff, i.e. linters.", "Run them."]),
        ("Logs, metrics, etc. are kept.", ["Logs, metrics, etc. are kept."]),
        ("Keep logs, etc. Delete dumps.", ["Keep logs, etc.", "Delete dumps."]),
        ("Version 2.0.1 is out. See Fig. 3 of it.", ["Version 2.0.1 is out.", "See Fig. 3 of it."]),
        ("Really? Yes! Good.", ["Really?", "Yes!", "Good."]),
        ('He said "Stop." Then it stopped.', ['He said "Stop."', "Then it stopped."]),
        ("(See above.) Next one.", ["(See above.)", "Next one."]),
        ("Wait... then go. Wait… Then go.", ["Wait... then go.", "Wait…", "Then go."]),
        ("Choose plan B. It is better.", ["Choose plan B.", "It is better."]),
        ("Open it in iOS. iPhones work. eBay too.", ["Open it in iOS.", "iPhones work.", "eBay too."]),
        ("Run it. `make test` does all.", ["Run it.", "make test does all."]),
        ("Small PRs. 30 lines are fine.", ["Small PRs.", "30 lines are fine."]),
        ("これは文です。次の文です。", ["これは文です。", "次の文です。"]),
        ("First line  \nSecond line", ["First line", "Second line"]),
        ("Call foo.bar() or a.py first. Then stop.", ["Call foo.bar() or a.py first.", "Then stop."]),
        ("The U.S. Digital Service writes. We read.", ["The U.S. Digital Service writes.", "We read."]),
    ],
)
def test_hard_cases_of_where_a_sentence_ends(text: str, expected: list[str]) -> None:
    assert said(text) == expected


def test_an_empty_text_has_nothing() -> None:
    assert blocks("") == () == sentences("")
    assert blocks("---\ntitle: x\n---\n") == ()


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert [one.kind for one in blocks("---\n\nA paragraph.\n\n---\n")] == ["rule", "paragraph", "rule"]


def test_quotes_and_brackets_nested_without_end_are_read() -> None:
    assert said("[" * 1_500 + "a") == ["[" * 1_500 + "a"]
    assert said("*" * 1_500 + "a") == ["*" * 1_500 + "a"]
    assert said(">" * 50 + " a") == ["a"]
    # Deeper than people nest, the words are given up, not the program.
    assert said(">" * 1_500 + " a") == said("- " * 1_000 + "a") == []


LINE = st.sampled_from(
    ["One. Two.", "**bold. Text**", "`code. x`", "[a. b](http://x.y/z)", "![i. j](k.png)", "- item", "  1. deep", "> q",
     "> - both", "", "\t", "# Head", "===", "---", "| a | b |", "|---|---|", "```", "~~~py", "&amp; &lt;", "\\*x\\*",
     "<b>html</b>", "<div>", "http://a.b/c. D", "end  ", "back\\", "*a _b* c_", "~~gone.~~ Not", "[ref]: http://x",
     "[ref]", "- [x] done. Yes", "é 漢字。次", "\x0b\x0cword\u2028next", "a\x00b", "\u00a0nbsp. Ü"]
)  # fmt: skip
TEXT = st.lists(st.one_of(LINE, st.text(max_size=12)), max_size=14).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\r"]).map(lambda end: end.join(lines))
)
WORD = re.compile(r"[A-Za-z0-9]+")


@settings(max_examples=100, deadline=None)
@example(SAMPLE)
@example("0*0\n0*")
@given(TEXT)
def test_the_place_of_a_sentence_always_holds_its_words(text: str) -> None:
    before = 0
    for one in sentences(text):
        assert 0 <= before <= one.start < one.end <= len(text)
        before = one.end
        inside = text[one.start : one.end]
        assert inside == inside.strip()
        at = 0
        for word in WORD.findall(one.text):
            if word in inside[at:]:
                at = inside.index(word, at) + len(word)
            else:
                # A character reference shows what it does not spell, marks within a word are not shown.
                assert re.search(rf"&|{'[*_~`]*'.join(word)}", inside)


@settings(max_examples=80, deadline=None)
@given(TEXT)
def test_blocks_follow_each_other_and_hold_their_sentences(text: str) -> None:
    found = blocks(text)
    assert [one.place for one in found] == list(range(len(found)))
    for first, second in pairwise(found):
        assert first.end <= second.start
    for one in sentences(text):
        holder: Block = found[one.block]
        assert holder.kind in ("paragraph", "item", "quote")
        assert holder.start <= one.start
        assert one.end <= holder.end
        assert holder.path == one.path
