"""A server that is killed in the middle of an interview has lost nothing that it acknowledged."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from typing import Any

import pytest

from seci.kit.ids import seeded
from tests.conftest import CommandLineInstance
from tests.site.test_up import running

KILLS = 2


class Expert(threading.Thread):
    """Answers as fast as the server asks, until it is gone; keeps what the server acknowledged."""

    def __init__(self, url: str, token: str, interview: int) -> None:
        super().__init__(daemon=True)
        self.url, self.token, self.interview = url, token, interview
        self.acknowledged: dict[int, str] = {}
        self.sent = 0

    def ask(self, path: str, form: dict[str, Any] | None = None) -> Any:
        request = urllib.request.Request(
            f"{self.url}/api/v1/{path}",
            data=None if form is None else json.dumps(form).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def run(self) -> None:
        try:
            number = self.ask(f"interviews/{self.interview}/question")["number"]
            while True:
                # Every second answer takes the one before it back, so that the questions never come to an end.
                form = {"text": f"words of turn {number}"} if number % 2 else {"reply": "back"}
                self.sent = number
                after = self.ask(f"interviews/{self.interview}/answers/{number}", form)
                self.acknowledged[number] = form.get("text", "")
                assert after["number"] == number + 1
                number = after["number"]
        except (OSError, ValueError):
            return


@pytest.mark.slow
def test_killing_the_server_loses_nothing_acknowledged(instance: CommandLineInstance) -> None:
    token = json.loads(instance.run("token", "create", "interview", "--role", "member", "--json").stdout)["token"]
    acknowledged: dict[int, str] = {}
    interview, draws = 0, seeded("kills of interviews")
    for kill in range(KILLS + 1):
        with running(instance) as (server, said):
            expert = Expert(said["url"], token, interview)
            if not interview:
                interview = expert.interview = expert.ask("interviews", {"decision": "Hold it?"})["id"]
                expert.ask(f"interviews/{interview}/consent", {})
            turns = expert.ask(f"interviews/{interview}")["turns"]
            stored = {turn["number"]: turn["answer"].get("text", "") for turn in turns if turn["answer"] is not None}
            assert acknowledged.items() <= stored.items()
            # At most the one answer that was under way may be there without having been acknowledged.
            assert len(stored) - len(acknowledged) <= 1
            assert sorted(stored) == list(range(1, len(stored) + 1))
            acknowledged = stored
            if kill == KILLS:
                break
            expert.start()
            threading.Event().wait(0.4 + draws.random())
            server.kill()
            expert.join(30)
            assert expert.acknowledged
            acknowledged |= expert.acknowledged
    assert len(acknowledged) > 3 * KILLS
