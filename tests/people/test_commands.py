from __future__ import annotations

import json
from pathlib import Path

from tests.browsing import come_as, sent, shown
from tests.cast import Actors
from tests.terminal import seci


def test_a_list_is_imported_looked_at_and_changed_from_the_terminal(db: None, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,email,unit\nAda Byron,ada@engine.example,Engine\nNobody,not-an-address,\n")
    done = seci("people", "import", file, "--json")
    assert done.returncode == 0, done.stderr
    assert (json.loads(done.stdout)["added"], "Line 3: " in done.stderr) == (1, True)

    ada = json.loads(seci("people", "list", "byron", "--json").stdout)["people"][0]
    assert (ada["person"]["name"], ada["unit"]["name"]) == ("Ada Byron", "Engine")
    described = seci("people", "describe", str(ada["person"]["id"]), "--function", "analyst", "--json")
    assert json.loads(described.stdout)["function"] == "analyst"
    assert "analyst" in seci("people", "show", str(ada["person"]["id"])).stdout

    missing = seci("people", "show", "4711")
    assert (missing.returncode, missing.stdout) == (3, "")
    assert "There is no person 4711" in missing.stderr


def test_a_unit_is_renamed_in_the_terminal_and_on_its_page(actors: Actors) -> None:
    assert seci("people", "units", "--add", "Engin").returncode == 0
    [row] = json.loads(seci("people", "units", "--json").stdout)["units"]
    assert seci("people", "units", "--rename", row["unit"]["id"], "Engine").returncode == 0
    lead = come_as(actors.alice)
    assert "Engine" in shown(lead, "/people/units/")
    assert "Mill" in sent(lead, f"/people/units/{row['unit']['id']}/rename/", name="Mill")
    assert come_as(actors.bob).post(f"/people/units/{row['unit']['id']}/rename/", {"name": "x"}).status_code == 403
