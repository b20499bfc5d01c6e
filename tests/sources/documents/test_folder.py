from __future__ import annotations

import os
from pathlib import Path

from seci.kit.clock import from_date
from seci.sources.documents.fields import fields_of
from seci.sources.documents.page import Same
from tests.sources.documents.made import failed, folder, pages, read, skipped

GUIDE = """---
title: How to review
last_reviewed_on: 2024-01-31
review_in: 1 month
owner_slack: "#reviews"
tags: [review, code]
---

# Something else

See [the steps](steps.md#first) and ![a picture](img/flow.png).
"""


def test_a_page_has_what_its_front_matter_says(tmp_path: Path) -> None:
    from datetime import date

    folder(tmp_path, {"guide.md": GUIDE, "steps.md": "# First\n", "img/flow.png": b"\x89PNG"})
    page = pages(read(tmp_path))["guide.md"]
    assert (page.title, page.owner, page.tags) == ("How to review", "#reviews", ("review", "code"))
    assert page.reviewed_at == from_date(date(2024, 1, 31))
    assert page.expires_at == from_date(date(2024, 2, 29)), "a month after the 31st is the last day of February"
    assert page.text == GUIDE, "the text stays as it was written"


def test_the_use_of_a_page_is_read_from_any_of_three_names_and_other_kinds_are_left_alone() -> None:
    assert fields_of({"diataxis": "Explanation", "type": "tutorial"}).diataxis == "explanation"
    assert fields_of({"type": "post", "Kind": "how_to"}).diataxis == "how-to"
    assert fields_of({"type": "Tutorials"}).diataxis == "tutorial"
    assert fields_of({"kind": ["reference"], "type": "post"}).diataxis == ""


def test_links_and_pictures_lead_to_files_of_the_folder(tmp_path: Path) -> None:
    folder(tmp_path, {"guide.md": GUIDE, "steps.md": "# First\n", "img/flow.png": b"\x89PNG", "img/other.png": b"x"})
    found = read(tmp_path)
    page = pages(found)["guide.md"]
    assert [(link.path, link.anchor) for link in page.links] == [("steps.md", "first"), ("img/flow.png", "")]
    assert [one.path for one in page.attachments] == ["img/flow.png"]
    assert page.attachments[0].read() == b"\x89PNG"
    assert skipped(found) == {"img/other.png": "No page shows it."}


def test_links_as_site_generators_write_them_are_found(tmp_path: Path) -> None:
    text = "[a](../before/) [b](/docs/after/) [c](/after) [d](https://example.org/x) [e](#here) [f](other%20page.html)"
    folder(
        tmp_path,
        {
            "docs/now/page.md": text,
            "docs/before/index.md": "x",
            "docs/after/README.md": "x",
            "docs/now/other page.md": "x",
        },
    )
    page = pages(read(tmp_path))["docs/now/page.md"]
    assert [link.path for link in page.links] == [
        "docs/before/index.md", "docs/after/README.md", "docs/after/README.md", "docs/now/other page.md"
    ]  # fmt: skip


def test_a_title_is_the_first_heading_else_the_name(tmp_path: Path) -> None:
    code = "```\n# no heading\n```\n\n# The *real* `one` [here](x.md)\n"
    folder(tmp_path, {"a.md": code, "b_c-d.md": "words", "guides/README.md": "words", "e.md": "Set\n===\n"})
    found = pages(read(tmp_path))
    titles = {path: page.title for path, page in found.items()}
    assert titles == {"a.md": "The real one here", "b_c-d.md": "B c d", "guides/README.md": "Guides", "e.md": "Set"}


def test_ruby_in_markdown_is_filled_in_or_left_out_and_said(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Alerts\n---\n# <%= current_page.data.title %>\n\n<%= partial 'nav' %>\n"
        "<%= warning_text('Do not page at night') %>\n\n<%= link_to 'Here', '/x' %> <% if a %>yes<% end %>\n"
    )
    folder(tmp_path, {"alerts.html.md.erb": text})
    page = pages(read(tmp_path))["alerts.html.md.erb"]
    assert page.title == "Alerts"
    assert "# Alerts\n\n> **Warning:** Do not page at night\n\n[Here](/x) yes\n" in page.text
    assert page.remarks == ("2 parts of Ruby were left out: partial 'nav'; if a.",)


def test_what_is_known_is_not_read_again(tmp_path: Path) -> None:
    folder(tmp_path, {"a.md": "one", "b.md": "two"})
    marks = {page.path: page.mark for page in pages(read(tmp_path)).values()}
    again = read(tmp_path, known=lambda path, mark: marks.get(path) == mark)
    assert [type(one) for one in again] == [Same, Same]
    (tmp_path / "b.md").write_text("three")
    assert list(pages(read(tmp_path, known=lambda path, mark: marks.get(path) == mark))) == ["b.md"]


def test_links_are_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    (tmp_path / "away").mkdir()
    (tmp_path / "away" / "more.md").write_text("secret")
    home = folder(tmp_path / "home", {"a.md": "[s](link.md)"})
    os.symlink(tmp_path / "secret.md", home / "link.md")
    os.symlink(tmp_path / "away", home / "linked")
    os.symlink(home / "a.md", home / "same.md")
    found = read(home)
    assert list(pages(found)) == ["a.md"]
    said = skipped(found)
    assert said["link.md"] == said["linked"] == "It is a link that leads out of the folder; links are not followed."
    assert said["same.md"].startswith("It is a link to something in the same folder")


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    folder(tmp_path, {"a.md": "x"})
    os.mkfifo(tmp_path / "b.md")
    assert skipped(read(tmp_path)) == {"b.md": "It is no file but a device, a pipe or a socket."}


def test_a_page_of_200_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    folder(tmp_path, {"a.md": "x"})
    with (tmp_path / "large.md").open("wb") as file:
        file.truncate(200_000_000)
    assert failed(read(tmp_path)) == {"large.md": "It has 200 MB; up to 10 MB can be read. Cut it into several."}


def test_letters_that_are_no_utf8_are_guessed_and_said(tmp_path: Path) -> None:
    german = "Die Prüfung der Änderungen übernimmt, wer müde ist. Größe zählt: höchstens dreißig Zeilen. " * 4
    torn = ("Grüße aus Köln. " * 40).encode()
    folder(
        tmp_path,
        {
            "old.md": german.encode("cp1252"),
            "wide.md": german.encode("utf-16"),
            "torn.md": torn[:-2] + b"\xff.",
            "picture.md": b"\x89PNG\0\0\1\2" * 40,
        },
    )
    found = read(tmp_path)
    read_ = pages(found)
    assert read_["old.md"].text == german
    assert "which is a guess" in read_["old.md"].remarks[0]
    assert read_["wide.md"].text == german
    assert read_["wide.md"].remarks == ()
    assert read_["torn.md"].remarks[0].startswith("1 letters are broken")
    assert list(failed(found)) == ["picture.md"]


def test_scripts_in_markdown_stay_text(tmp_path: Path) -> None:
    text = "# Hi\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))\n"
    folder(tmp_path, {"a.md": text})
    assert pages(read(tmp_path))["a.md"].text == text
