"""Who the partner is: said by an admin, or by the environment, and nobody else."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from seci.kit.clock import SECOND
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, Refused
from seci.partner import queries, services, setting
from seci.partner.outcome import Call, resting_until
from tests.cast import Actors
from tests.conftest import CommandLineInstance
from tests.partner.server import Model


@pytest.mark.parametrize(
    ("provider", "url", "model", "seconds"),
    [
        ("nobody", "", "m", 6.0),
        ("openai", "ftp://host", "m", 6.0),
        ("openai", "https://key@host/v1", "m", 6.0),
        ("openai", "https://", "m", 6.0),
        ("openai", "", " ", 6.0),
        ("openai", "", "m", 0.0),
        ("openai", "", "m", 1000.0),
        ("openai", "", "m", float("nan")),
    ],
)
def test_what_cannot_be_a_partner_is_told_in_one_sentence(provider: str, url: str, model: str, seconds: float) -> None:
    with pytest.raises(BadInput) as refused:
        setting.checked(provider, url, model, seconds=seconds)
    assert str(refused.value).endswith(".")


def test_each_provider_has_its_own_address_and_manner() -> None:
    assert setting.checked("ollama", "", "small").url == "http://127.0.0.1:11434/v1"
    assert setting.checked("ollama", "", "small").manner == "prompt"
    assert setting.checked("anthropic", "", "large").manner == "tool"


def test_only_an_admin_says_who_the_partner_is(db: Database, actors: Actors) -> None:
    for actor in (actors.mallory, actors.dan, actors.erin, actors.alice):
        for deed in (
            lambda a: services.choose(a, db, "ollama", "m"),
            lambda a: services.switch(a, db, True),
            lambda a: services.forget(a, db),
            lambda a: services.try_out(a, db),
            lambda a: queries.standing(a, db),
        ):
            with pytest.raises(Refused):
                deed(actor)


def test_the_environment_outranks_the_page(db: Database, actors: Actors, monkeypatch: pytest.MonkeyPatch) -> None:
    services.choose(actors.owner, db, "openai", "from the page", secret="of-the-page")
    monkeypatch.setenv("SECI_PARTNER_PROVIDER", "ollama")
    monkeypatch.setenv("SECI_PARTNER_MODEL", "from the environment")
    found = queries.standing(actors.owner, db)
    assert found.fixed
    assert found.setting is not None
    assert found.setting.model == "from the environment"
    assert not found.has_key, "a key goes to the address it was given for, and to no other"
    with pytest.raises(Conflict):
        services.choose(actors.owner, db, "openai", "m")
    monkeypatch.delenv("SECI_PARTNER_PROVIDER")
    services.forget(actors.owner, db)


def test_a_key_does_not_follow_to_another_address(db: Database, actors: Actors) -> None:
    services.choose(actors.owner, db, "openai", "m", secret="for-the-first")
    with pytest.raises(BadInput, match="give the key again"):
        services.choose(actors.owner, db, "openai", "m", url="https://elsewhere.example/v1")
    services.choose(actors.owner, db, "openai", "another model")
    assert queries.standing(actors.owner, db).has_key
    services.forget(actors.owner, db)


def test_before_anybody_agrees_they_are_told_where_their_words_go(db: Database, actors: Actors) -> None:
    assert queries.disclosure(actors.dan, db) == ""
    services.choose(actors.owner, db, "openai", "m-1", url="https://models.example.org/v1")
    told = queries.disclosure(actors.dan, db)
    assert "models.example.org" in told
    assert "m-1" in told
    services.choose(actors.owner, db, "ollama", "m-2")
    assert "on this server" in queries.disclosure(actors.dan, db)
    services.switch(actors.owner, db, False)
    assert queries.disclosure(actors.dan, db) == ""


def test_rest_doubles_with_each_failure_up_to_an_hour() -> None:
    def failures(count: int) -> list[Call]:
        return [Call(1000 * SECOND, "slow")] * count

    assert resting_until(failures(2)) is None
    assert resting_until(failures(3)) == 1060 * SECOND
    assert resting_until(failures(4)) == 1120 * SECOND
    assert resting_until(failures(12)) == 4600 * SECOND
    assert resting_until([Call(0, "answered"), *failures(9)]) is None
    assert resting_until([Call(0, "nonsense"), *failures(9)]) is None


def test_the_settings_page_keeps_a_partner_and_never_shows_its_key(
    client: Client, db: Database, actors: Actors, model: Model
) -> None:
    from django.contrib.auth.models import User

    from seci.accounts.models import Membership

    Membership.objects.filter(user_id=actors.alice.account).update(role="admin")
    client.force_login(User.objects.get(pk=actors.alice.account))
    sent = {"provider": "openai", "model": "m-1", "url": "http://127.0.0.1:9/v1", "key": "sesame-open", "on": "yes"}
    assert client.post("/settings/partner/", sent).status_code == 302
    page = client.get("/settings/").content.decode()
    assert "m-1" in page
    assert "sesame-open" not in page
    answer = client.post("/settings/partner/test/", follow=True)
    assert "Nothing answers at its address" in answer.content.decode()
    client.post("/settings/partner/switch/", {"on": "no"})
    assert not queries.is_on(actors.dan, db)
    client.post("/settings/partner/", {**sent, "key": "", "seconds": "soon"})
    client.post("/settings/partner/forget/")
    assert queries.standing(actors.owner, db).setting is None
    wrong = client.post("/settings/partner/", {**sent, "provider": "oracle"})
    assert wrong.status_code == 422


def test_the_terminal_keeps_a_key_that_no_backup_holds(instance: CommandLineInstance, tmp_path: Path) -> None:
    environment = {**instance.environment}
    chosen = subprocess.run(
        instance.command("partner", "choose", "openai", "m-1", "--url", "http://127.0.0.1:9/v1", "--key", "--json"),
        env=environment,
        input="sesame-open\n",
        capture_output=True,
        text=True,
    )
    assert chosen.returncode == 0, chosen.stderr
    assert "sesame-open" not in chosen.stdout + chosen.stderr
    assert (instance.data / "partner.key").read_text() == "sesame-open"
    assert json.loads(instance.run("partner", "status", "--json").stdout)["has_key"] is True
    file = tmp_path / "whole.backup"
    assert instance.run("backup", file).returncode == 0
    assert b"m-1" in file.read_bytes()
    assert b"sesame-open" not in file.read_bytes()
