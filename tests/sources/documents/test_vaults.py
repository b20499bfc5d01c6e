from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from seci.sources.documents.detect import detect
from seci.sources.documents.files import Files
from seci.sources.documents.obsidian import Vault
from tests.sources.documents.made import folder, packed, pages, read, skipped

ID = "0123456789abcdef0123456789abcdef"
OTHER = "fedcba9876543210fedcba9876543210"
FOURTH = "ffeeddccbbaa99887766554433221100"
THIRD = "00112233445566778899aabbccddeeff"


def test_links_by_name_become_links_by_path(tmp_path: Path) -> None:
    note = (
        "---\naliases: [Rolling]\n---\nSee [[Deploy]], [[deploy|how]], [[Deploy#The steps|steps]], [[#Here]], "
        "[[Missing]], [[Back]] and ![[flow.png|300]] and ![[Deploy]]. `[[code]]`\n\n```\n[[code]]\n```\n"
        "%%a secret%% #ops/deploy #2024 #v2 [x](y#z)\n\n| a |\n| - |\n| [[Deploy\\|how]] |\n"
    )
    folder(
        tmp_path,
        {
            ".obsidian/app.json": "{}",
            "Notes/Roll.md": note,
            "Guides/Deploy.md": "See [[Rolling]] and [[Notes/Roll]].",
            "Guides/Back.md": "far",
            "Notes/Back.md": "near",
            "files/flow.png": b"x",
        },
    )
    assert detect(tmp_path)[0] == "obsidian"
    found = pages(read(tmp_path))
    text = found["Notes/Roll.md"].text
    for words in (
        "[Deploy](../Guides/Deploy.md), [how](../Guides/Deploy.md), [steps](../Guides/Deploy.md#the-steps), "
        "[Here](#here), [Missing](Missing.md), [Back](Back.md) and ![flow.png](../files/flow.png) and "
        "[Deploy](../Guides/Deploy.md). `[[code]]`",
        "```\n[[code]]\n```",
        "<!--a secret-->",
        "| [how](../Guides/Deploy.md) |",
    ):
        assert words in text
    assert found["Notes/Roll.md"].tags == ("ops/deploy", "v2")
    assert found["Notes/Roll.md"].aliases == ("Rolling",)
    assert found["Guides/Deploy.md"].text == "See [Rolling](../Notes/Roll.md) and [Notes/Roll](../Notes/Roll.md)."


@given(st.text(alphabet="[]|#!`a\n\\ ", max_size=60))
def test_any_text_is_rewritten_without_failing(text: str) -> None:
    out = Vault(Files("v", {})).rewritten(text, "a.md")
    assert "[[" in text or out == text


def test_a_notion_export_loses_its_ids_and_keeps_its_links(tmp_path: Path) -> None:
    home = f"# Handbook\n\n[Deploying](Handbook%20{ID}/Deploying%20{OTHER}.md) [out](https://x.org)\n"
    said = "Owner: Alice\nTags: ops, web\nCreated time: March 5, 2024 3:14 PM\n"
    row = f"# Deploying\n\n{said}\nGo [up](../Handbook%20{ID}.md).\n"
    table = "\ufeffName,Owner\nDeploying,Alice\nOther | one,Bob\n"
    inner = {
        f"Handbook {ID}.md": home,
        f"Handbook {ID}/Deploying {OTHER}.md": row,
        f"Handbook {ID}/Tasks {THIRD}.csv": table,
        f"Handbook {ID}/Tasks {THIRD}_all.csv": table + "Hidden,Carol\n",
        f"Handbook {ID}/Tasks {THIRD}/Deploying {FOURTH}.md": "# Deploying\n",
    }
    part = packed(tmp_path / "inner.zip", inner).read_bytes()
    export = packed(tmp_path / "export.zip", {"Export-abc-Part-1.zip": part})
    assert detect(export)[0] == "notion"
    found = read(export)
    by_path = pages(found)
    assert "[Deploying](Handbook/Deploying.md) [out](https://x.org)" in by_path["Handbook.md"].text
    page = by_path["Handbook/Deploying.md"]
    assert "- **Owner:** Alice\n- **Tags:** ops, web\n" in page.text
    assert "Go [up](../Handbook.md)." in page.text
    assert (page.owner, page.tags, page.uid, page.parent) == ("Alice", ("ops", "web"), OTHER, "Handbook.md")
    assert page.at is not None
    database = by_path["Handbook/Tasks_all.csv"]
    assert database.title == "Tasks"
    assert "| [Deploying](Tasks/Deploying.md) | Alice |" in database.text
    assert "| Other \\| one | Bob |\n| Hidden | Carol |" in database.text
    assert "Handbook/Tasks.csv" in skipped(found)


def test_two_notion_pages_of_one_name_stay_two(tmp_path: Path) -> None:
    export = packed(tmp_path / "export.zip", {f"Page {ID}.md": "# Page\none", f"Page {OTHER}.md": "# Page\ntwo"})
    assert sorted(pages(read(export))) == ["Page 012345.md", "Page fedcba.md"]


def test_a_vault_without_its_settings_is_told_by_its_links(tmp_path: Path) -> None:
    notes = {
        "Deploy.md": "> [!tip]- Before you go\n> See [[Roll back|`undo`]].\n\n> [!note]\n> x\n\n> [!bug]\n> y",
        "Roll back.md": "Undo [[Deploy]].",
    }
    folder(tmp_path / "notes", notes)
    assert detect(tmp_path / "notes")[0] == "obsidian"
    text = pages(read(tmp_path / "notes"))["Deploy.md"].text
    assert (
        text
        == "> [!TIP]\n> **Before you go**\n>\n> See [`undo`](Roll%20back.md).\n\n> [!NOTE]\n> x\n\n> **Bug**\n>\n> y"
    )
    folder(tmp_path / "scripts", {"a.md": "```\nif [[ b ]]\n```", "b.md": "[[ x ]] [[nowhere]]"})
    assert detect(tmp_path / "scripts")[0] == "markdown"


def test_pictures_tables_and_rows_of_a_notion_export_are_found(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"Home {ID}.md": f"# Home\n\n![Flow](Home%20{ID}/Flow.png) [Tasks](Home%20{ID}/Tasks%20{THIRD}.csv)\n",
        f"Home {ID}/Flow.png": b"x",
        f"Home {ID}/Tasks {THIRD}.csv": "Name\n",
        f"Home {ID}/Tasks {THIRD}_all.csv": "Name,By\nRoll: back  now,Ann\n",
        f"Home {ID}/Tasks {THIRD}/Roll back now {OTHER}.md": "# Roll: back  now\n",
        "index.html": "<html><body>Home</body></html>",
    }
    found = read(packed(tmp_path / "export.zip", files))
    home = pages(found)["Home.md"]
    assert home.text == "# Home\n\n![Flow](Home/Flow.png) [Tasks](Home/Tasks_all.csv)\n"
    assert [one.path for one in home.attachments] == ["Home/Flow.png"]
    assert "| [Roll: back  now](Tasks/Roll%20back%20now.md) | Ann |" in pages(found)["Home/Tasks_all.csv"].text
    assert pages(found)["Home/Tasks/Roll back now.md"].parent == "Home/Tasks_all.csv"
    assert "index.html" in skipped(found)


def test_a_notion_export_of_web_pages_has_its_titles_and_links(tmp_path: Path) -> None:
    link = f'<a href="Home%20{ID}/Roll%20back%20{OTHER}.html">back</a> <img src="Home%20{ID}/Flow.png">'
    files: dict[str, str | bytes] = {
        f"Home {ID}.html": f"<html><body><article><p>{link}</p><h1>First steps</h1></article></body></html>",
        f"Home {ID}/Roll back {OTHER}.html": "<html><body><article>Undo all of it now.</article></body></html>",
        f"Home {ID}/Flow.png": b"x",
    }
    page = pages(read(packed(tmp_path / "export.zip", files)))["Home.html"]
    assert page.title == "Home"
    assert "[back](Home/Roll%20back.html) ![](Home/Flow.png)" in page.text
    assert [one.path for one in page.attachments] == ["Home/Flow.png"]
