"""Django's own list of what a public server must have set."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.test import Client

from tests.conftest import CommandLineInstance


def test_behind_https_the_deployment_check_finds_nothing(instance: CommandLineInstance) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env={
            **instance.environment,
            "SECI_PUBLIC_URL": "https://seci.example.org",
            "DJANGO_SETTINGS_MODULE": "seci.site.settings",
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_no_page_lets_a_script_or_style_in_that_is_not_ours(client: Client) -> None:
    answer = client.get("/accounts/login/")
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert all(f"{kind} 'self'" in policy for kind in ("default-src", "script-src", "style-src"))
    assert "object-src 'none'" in policy
    assert (answer.headers["X-Frame-Options"], answer.headers["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert b"<script>" not in answer.content
    assert b"style=" not in answer.content


@pytest.mark.django_db
def test_a_page_that_is_not_there_and_a_program_that_asks_for_it(client: Client) -> None:
    page = client.get("/no/such/page/")
    assert page.status_code == 404
    assert b"There is no such page." in page.content
    answer = client.get("/api/v1/no-such-thing")
    assert answer.status_code == 404
    assert answer.json() == {"error": {"code": "not_found", "sentence": "There is no such page."}}


@pytest.mark.django_db
def test_an_unknown_host_is_turned_away(client: Client) -> None:
    assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.django_db
def test_health_says_no_more_than_it_must(client: Client) -> None:
    assert set(client.get("/healthz").json()) == {"status", "version"}
