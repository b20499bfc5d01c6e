from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from seci.kit.clock import from_datetime
from seci.sources.documents.pdf import tidy
from tests.sources.documents.made import docx, failed, folder, locked_pdf, pages, pdf, read, word

WEB = """<!DOCTYPE html><html><head><title>Site</title><meta name="author" content="Alice">
<link rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/"></head><body>
<nav><a href="/">Home</a></nav><main><h1>How to <b>deploy</b></h1>
<p>See <a href="next.html#b">the next</a>.<br>Then *wait*.</p>
<ul><li>one<ul><li>deep</li></ul></li><li><p>two</p><pre><code class="language-sh">ls
  -l</code></pre></li></ul><ol start="3"><li>three</li></ol>
<table><tr><th>k</th><th>v</th></tr><tr><td>a|b</td><td>c<br>d</td></tr></table>
<blockquote>said</blockquote><p># no heading</p><script>alert(1)</script><img src="p.png" alt="pic"></main>
<footer>Imprint</footer></body></html>"""
WRITTEN = """# How to **deploy**

See [the next](next.html#b).\\
Then \\*wait\\*.

- one
  - deep

- two

  ```sh
  ls
    -l
  ```

3. three

| k | v |
| --- | --- |
| a\\|b | c<br>d |

> said

\\# no heading

![pic](p.png)
"""


def test_a_web_page_becomes_markdown_of_its_main_part(tmp_path: Path) -> None:
    folder(tmp_path, {"a.html": WEB, "next.html": "<p>Some words to read here</p>", "p.png": b"x"})
    page = pages(read(tmp_path))["a.html"]
    assert page.text == WRITTEN
    assert (page.title, page.author, page.licence) == ("How to deploy", "Alice", "CC-BY-SA-4.0")
    assert [(link.path, link.anchor) for link in page.links] == [("next.html", "b"), ("p.png", "")]


def test_menus_are_left_out_where_a_page_does_not_mark_its_main_part(tmp_path: Path) -> None:
    words = "<p>Deploy on a weekday morning, when those who wrote the change are awake and can look at it.</p>" * 6
    menu = "<div class='menu'><ul>" + "<li><a href='/x'>Menu</a></li>" * 9 + "</ul></div>"
    folder(tmp_path, {"a.html": f"<html><body>{menu}<div><h1>When to deploy</h1>{words}</div></body></html>"})
    page = pages(read(tmp_path))["a.html"]
    assert "weekday morning" in page.text
    assert "Menu" not in page.text


def test_an_empty_web_page_fails_in_a_sentence(tmp_path: Path) -> None:
    folder(tmp_path, {"a.html": "<html><body><div id=app></div><script src=x.js></script></body></html>", "b.md": "x"})
    assert failed(read(tmp_path))["a.html"].startswith("It holds no words")


def test_a_pdf_becomes_its_words(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf("Deploy on a week-", "day in the", "morning.", "Never on *Friday*."))
    page = pages(read(tmp_path / "a.pdf"))["a.pdf"]
    assert (page.title, page.author) == ("How we deploy", "Alice")
    assert page.at == from_datetime(datetime(2024, 3, 5, 10, 11, 12, tzinfo=UTC))
    assert "Deploy on a weekday in the morning.\n\nNever on \\*Friday\\*." in page.text


def test_pdfs_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    folder(tmp_path, {"scan.pdf": pdf(), "locked.pdf": locked_pdf(), "torn.pdf": pdf("x")[:80], "none.pdf": b"words"})
    said = failed(read(tmp_path, "markdown"))
    assert said["scan.pdf"].startswith("It holds pictures of pages and no text; run it through text recognition")
    assert said["locked.pdf"] == "It is encrypted; save it without a password."
    assert said["torn.pdf"].startswith("It is no PDF that can be read")
    assert said["none.pdf"].startswith("It is no PDF that can be read")


def test_a_word_document_becomes_markdown_by_its_styles(tmp_path: Path) -> None:
    cell = "<w:tc>{}</w:tc>"
    table = f"<w:tbl><w:tr>{cell.format(word('k'))}{cell.format(word('v'))}</w:tr></w:tbl>"
    body = word("Deploying", "Heading1") + word("Only on weekdays.", bold=True) + table
    (tmp_path / "a.docx").write_bytes(docx(body))
    page = pages(read(tmp_path / "a.docx"))["a.docx"]
    assert page.text == "# Deploying\n\n**Only on weekdays.**\n\n| k | v |\n| --- | --- |\n"
    assert (page.title, page.author) == ("Deploying", "Alice")
    assert page.at == from_datetime(datetime(2024, 3, 5, 10, 11, 12, tzinfo=UTC))


def test_word_documents_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    folder(tmp_path, {"old.docx": b"\xd0\xcf\x11\xe0old", "torn.docx": docx(word("x"))[:200], "empty.docx": docx("")})
    said = failed(read(tmp_path, "markdown"))
    assert said["old.docx"].startswith("It is encrypted, or of Word 2003 and before")
    assert said["torn.docx"].startswith("It is no Word document")
    assert said["empty.docx"] == "It holds no words."


def test_headings_of_a_pdf_stand_by_themselves_and_half_letters_are_no_text() -> None:
    page = (
        "1. Backups\nA backup that was never read back is a hope, and a hope is no\nplan \ud83d at all.\n● Daily\n● All"
    )
    assert tidy(page) == (
        "1. Backups\n\nA backup that was never read back is a hope, and a hope is no plan  at all.\n- Daily\n- All"
    )


def test_breaks_and_formulas_of_a_web_page_are_written_so_that_markdown_shows_them(tmp_path: Path) -> None:
    body = """<main><p><br/></p><p>Ask <strong>Ann<br/></strong>or Bo.<br/></p>
<p>Cost <math alttext="a^2"><mi>a</mi></math> and <span class="katex"><span class="katex-mathml"><math><semantics>
<mi>b</mi><annotation encoding="application/x-tex">b_1</annotation></semantics></math></span><span class="katex-html">
b1</span></span>.</p><table><tr><td>Outer<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table></td></tr></table>
</main>"""
    folder(tmp_path, {"How we deploy v1.2.html": f"<html><body>{body}</body></html>", "b.md": "x"})
    page = pages(read(tmp_path))["How we deploy v1.2.html"]
    assert page.text == "Ask **Ann**<br>or Bo.\n\nCost $a^2$ and $b_1$.\n\n| Outer<br>1 · 2<br>3 |\n| --- |\n"
    assert page.title == "How we deploy v1.2"


def test_what_word_documents_lose_is_counted(tmp_path: Path) -> None:
    commented = '<w:p><w:r><w:t>Words</w:t></w:r><m:oMath xmlns:m="m"/><m:oMath xmlns:m="m"/></w:p>'
    (tmp_path / "a.docx").write_bytes(docx(commented))
    page = pages(read(tmp_path / "a.docx"))["a.docx"]
    assert (page.text, page.remarks) == ("Words\n", ("2 formulas are left out.",))
