from __future__ import annotations

import json
import subprocess
import sys

from tests.conftest import CommandLineInstance
from tests.internalization.practising import table

PUBLISH = """
from seci.accounts import door
from seci.accounts.actor import Actor
from seci.artifacts import services
from seci.people.evidence import Alias
from seci.people.store import ensure_person
from tests.artifacts.making import FOR_ALL, claim, tree
with door.database() as db:
    dan = ensure_person(db, Alias("Dan Senior", "dan@example.org"))
    ensure_person(db, Alias("Bob Learner", "bob@example.org"))
    actor = Actor(None, dan, "admin", "cli")
    made = services.create(actor, db, "decision_tree", "T", tree(), context=FOR_ALL, claims=[claim()]).id
    services.publish(actor, db, made)
"""


def test_practice_is_prepared_and_gone_through_in_the_terminal(instance: CommandLineInstance) -> None:
    subprocess.run([sys.executable, "-c", PUBLISH], env=instance.environment, check=True)
    file = instance.data.parent / "cases.csv"
    file.write_text(table() + "\nn9,broken,row")
    assert "n5" in instance.run("practice", "prepare", "1").stdout
    brought = json.loads(instance.run("practice", "import", "1", file, "--json").stdout)
    assert (brought["new"], len(brought["faults"])) == (24, 1)
    assert instance.run("practice", "begin", "1").returncode == 2
    assert "2 patterns" in instance.run("practice", "begin", "1", "--as", "Bob Learner").stdout
    waiting = json.loads(instance.run("practice", "--as", "Bob Learner", "--json").stdout)
    round_, case = waiting["round"]["id"], waiting["case"]
    assert case["answer"] == ""
    told = json.loads(
        instance.run(
            "practice", "commit", str(case["case"]), "use", "--round", str(round_), "--as", "Bob Learner", "--json"
        ).stdout
    )
    assert told["option"] == "use"
    assert told["right"] == (told["key"] == "use")
    other = instance.run("practice", "commit", str(case["case"]), "hold", "--round", str(round_), "--as", "Bob Learner")
    assert (other.returncode, "first answer counts" in other.stderr) == (5, True)
    results = json.loads(instance.run("practice", "results", "--as", "Bob Learner", "--json").stdout)
    assert results["attempts"] == 1
