from __future__ import annotations

import json
from pathlib import Path

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
