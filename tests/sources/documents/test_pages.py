from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from seci.kit.errors import BadInput
from seci.sources.documents import tasks
from seci.sources.documents.sending import lay_down
from tests.browsing import come_as, text
from tests.cast import Actors
from tests.sources.documents.made import folder, zipped


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the instance that pages write to; the same connection is the worker's."""
    from django.db import connection

    from seci.accounts import door
    from seci.kit.database import of_django
    from seci.kit.instance import Instance

    here = Instance(tmp_path / "data", "")
    monkeypatch.setattr(settings, "INSTANCE", here)
    monkeypatch.setattr(door, "instance", lambda: here)
    monkeypatch.setattr(door, "database", lambda: of_django(connection))
    return here.data


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def number(answer: Any) -> int:
    assert answer.status_code == 302, text(answer)
    return int(answer.headers["Location"].strip("/").split("/")[-1])


def test_files_that_are_sent_become_pages_and_are_not_kept(actors: Actors, data: Path) -> None:
    client = come_as(actors.bob)
    raw = zipped({"a.md": "# A\n", "tool.py": "x"})
    id_ = number(client.post("/library/import/send/", {"files": sent("guides.zip", raw), "name": "Guides"}))
    assert "Reading Guides" in text(client.get(f"/library/import/{id_}/state/"))
    tasks.run(id_)
    page = text(client.get(f"/library/import/{id_}/"))
    assert "1 new, 1 skipped." in page
    assert "Files that end in .py are no documents." in page
    assert client.get(f"/library/import/{id_}/state/").headers["HX-Refresh"] == "true"
    assert not any((data / "imports" / "sent").rglob("*.zip"))
    assert "Guides" in text(client.get("/library/import/"))


def test_a_folder_that_is_dropped_keeps_its_paths(actors: Actors, data: Path) -> None:
    client = come_as(actors.bob)
    files = [sent("a.md", b"[b](sub/a.md)"), sent("a.md", b"# B\n")]
    form = {"files": files, "paths": json.dumps(["a.md", "sub/a.md"]), "top": "handbook"}
    id_ = number(client.post("/library/import/send/", form))
    tasks.run(id_)
    page = text(client.get(f"/library/import/{id_}/"))
    assert "handbook" in page
    assert "sub/a.md" in page
    page = text(client.get(f"/library/import/{id_}/?result=failed"))
    assert "No file." in page


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Choose files, a folder or a zip"),
        ({"files": [sent("a.md", b"x"), sent("a.md", b"y")]}, "Two of the files are called a.md"),
        ({"files": [sent("a.py", b"x")]}, "is nothing that can be imported"),
        ({"files": [sent("a.md", b"x")], "paths": '["../../a.md"]'}, "is no name that a file can have here"),
    ],
)
def test_what_cannot_be_taken_is_one_sentence_and_nothing_is_kept(
    actors: Actors, data: Path, form: dict[str, Any], said: str
) -> None:
    for one in form.get("files", []):
        one.seek(0)
    answer = come_as(actors.bob).post("/library/import/send/", {**form, "name": "Mine"})
    assert answer.status_code == 422
    assert said in text(answer)
    assert 'value="Mine"' in text(answer), "what was typed is still there"
    assert not [path for path in data.rglob("*") if path.is_file()]


def test_too_much_at_once_is_refused(tmp_path: Path) -> None:
    class Large:
        name, size = "a.md", 1_200_000_000

        def chunks(self) -> list[bytes]:
            raise AssertionError("it is not read")

    with pytest.raises(BadInput, match="The files have 1,200 MB; up to 1,000 MB can be sent"):
        lay_down(tmp_path, [Large()], "")


def test_a_lead_names_a_folder_stops_goes_on_and_takes_back(actors: Actors, data: Path, tmp_path: Path) -> None:
    home = folder(tmp_path / "guides", {f"{n:02}.md": f"# Page {n}\n" for n in range(25)})
    client = come_as(actors.alice)
    assert come_as(actors.bob).post("/library/import/folder/", {"path": str(home)}).status_code == 403
    id_ = number(client.post("/library/import/folder/", {"path": str(home)}))
    client.post(f"/library/import/{id_}/stop/")
    tasks.run(id_)
    assert "Stopped before its end. 20 new." in text(client.get(f"/library/import/{id_}/"))
    again = number(client.post(f"/library/import/{id_}/again/"))
    tasks.run(again)
    assert "20 as before, 5 new." in text(client.get(f"/library/import/{again}/"))
    answer = client.post(f"/library/import/{again}/undo/", follow=True)
    assert "Taken back: 5 pages out of use." in text(answer)


def test_imports_are_asked_for_over_rest(actors: Actors, data: Path, tmp_path: Path) -> None:
    home = folder(tmp_path / "guides", {"a.md": "# A\n"})
    client = come_as(actors.alice)
    asked = client.post("/api/v1/imports", {"path": str(home)}, content_type="application/json")
    assert asked.status_code == 200, text(asked)
    tasks.run(asked.json()["id"])
    told = client.get(f"/api/v1/imports/{asked.json()['id']}").json()
    assert told["row"]["sentence"] == "1 new."
    assert [(one["path"], one["result"]) for one in told["outcomes"]] == [("a.md", "new")]
