from __future__ import annotations

from pathlib import Path

import pytest

from seci.accounts.actor import Actor
from seci.artifacts import services
from seci.artifacts.access import claims, get_artifact, get_recording, recordings, recordings_folder
from seci.kit.database import Database
from seci.kit.errors import BadInput, NotFound, Refused
from seci.ledger import backup
from seci.ledger.commands import tables
from seci.ledger.digest import digest
from tests.artifacts.making import FOR_ALL, claim, people_and_assets, tree
from tests.artifacts.test_services import EXPERT, GUEST, OTHER
from tests.artifacts.test_transcript import VTT

CONSENT = "Dan agreed to be recorded and shown to the team."


@pytest.fixture
def artifact(ledger: Database) -> int:
    people_and_assets(ledger)
    return services.create(EXPERT, ledger, "decision_tree", "T", tree(), asset=2, context=FOR_ALL, claims=[claim()]).id


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "walk through.WEBM"
    path.write_bytes(b"\x1aE\xdf\xa3 not a real film, but its bytes are kept as they are")
    return path


def test_a_claim_opens_the_recording_at_its_second(ledger: Database, artifact: int) -> None:
    kept = services.attach(
        EXPERT, ledger, artifact, "How I look", consent=CONSENT, link="https://films.example/1", transcript=VTT
    )
    words = "at the nulls"
    start = kept.transcript.text.index(words)
    services.quote(EXPERT, ledger, kept.id, start, start + len(words), text="Nulls come second.", kind="cue")
    fresh = claims(EXPERT, ledger, artifact)[-1]
    assert (fresh.quote, fresh.source, fresh.confirmed_by) == (words, f"recording:{kept.id}", 4)
    assert get_recording(OTHER, ledger, kept.id).transcript.second_at(fresh.start) == 3723.25


def test_nothing_is_kept_without_consent(ledger: Database, artifact: int, film: Path) -> None:
    before = set(recordings_folder().glob("*"))
    with pytest.raises(BadInput, match="without consent"):
        services.attach(EXPERT, ledger, artifact, "T", consent="  ", file=film)
    with pytest.raises(BadInput, match="title"):
        services.attach(EXPERT, ledger, artifact, "", consent=CONSENT, file=film)
    assert recordings(EXPERT, ledger, artifact) == []
    assert set(recordings_folder().glob("*")) == before


def test_a_film_is_kept_with_the_evidence_and_leaves_with_the_consent(
    ledger: Database, artifact: int, film: Path
) -> None:
    kept = services.attach(EXPERT, ledger, artifact, "How", consent=CONSENT, file=film, transcript=VTT, consent_by=None)
    place = recordings_folder() / kept.file
    assert (place.read_bytes(), kept.mime, kept.size) == (film.read_bytes(), "video/webm", film.stat().st_size)
    services.quote(EXPERT, ledger, kept.id, 0, 5, text="First the volume.")
    services.hand_over(EXPERT, ledger, artifact, 3)
    with pytest.raises(Refused):
        services.withdraw_consent(OTHER, ledger, kept.id)
    services.withdraw_consent(EXPERT, ledger, kept.id)
    assert not place.exists()
    with pytest.raises(NotFound, match="taken away"):
        get_recording(EXPERT, ledger, kept.id)
    gone = claims(EXPERT, ledger, artifact)[-1]
    assert (gone.status, gone.quote) == ("retracted", "")
    assert ledger.rows("SELECT transcript, file FROM artifacts_recording") == [("", "")]
    assert get_artifact(EXPERT, ledger, artifact).owner == 3


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "file:///etc/passwd", "https://a b", "ftp://x"])
def test_only_links_to_the_web_are_taken(ledger: Database, artifact: int, link: str) -> None:
    with pytest.raises(BadInput, match="begins with https"):
        services.attach(EXPERT, ledger, artifact, "T", consent=CONSENT, link=link)


def test_a_file_that_no_browser_plays_is_refused(ledger: Database, artifact: int, tmp_path: Path) -> None:
    script = tmp_path / "film.html"
    script.write_text("<script>alert(1)</script>")
    with pytest.raises(BadInput, match="No browser plays"):
        services.attach(EXPERT, ledger, artifact, "T", consent=CONSENT, file=script)
    empty = tmp_path / "empty.mp4"
    empty.touch()
    with pytest.raises(BadInput, match="0 bytes"):
        services.attach(EXPERT, ledger, artifact, "T", consent=CONSENT, file=empty)


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (4, 4), (0, 10_000)])
def test_a_quote_is_always_words_of_the_transcript(ledger: Database, artifact: int, start: int, end: int) -> None:
    kept = services.attach(
        EXPERT, ledger, artifact, "T", consent=CONSENT, link="https://films.example/1", transcript=VTT
    )
    with pytest.raises(BadInput, match="not in the transcript"):
        services.quote(EXPERT, ledger, kept.id, start, end, text="What I never said.")


def test_guests_see_no_recording(ledger: Database, artifact: int) -> None:
    kept = services.attach(EXPERT, ledger, artifact, "T", consent=CONSENT, link="https://films.example/1")
    with pytest.raises(Refused):
        get_recording(GUEST, ledger, kept.id)
    assert recordings(GUEST, ledger, artifact) == []


def test_writing_down_somebody_elses_consent_is_for_facilitators(ledger: Database, artifact: int) -> None:
    with pytest.raises(Refused, match="somebody else"):
        services.attach(EXPERT, ledger, artifact, "T", consent=CONSENT, link="https://films.example/1", consent_by=5)
    owner = Actor.owner_of_the_machine()
    kept = services.attach(owner, ledger, artifact, "T", consent=CONSENT, link="https://films.example/1", consent_by=5)
    assert kept.consent_by == 5


def test_artifacts_and_recordings_are_in_a_backup_and_come_back(
    ledger: Database, artifact: int, film: Path, tmp_path: Path
) -> None:
    kept = services.attach(EXPERT, ledger, artifact, "How", consent=CONSENT, file=film, transcript=VTT)
    services.publish(EXPERT, ledger, artifact)
    before, said = digest(ledger), claims(EXPERT, ledger, artifact)
    backup.write(ledger, tables(), recordings_folder().parent, tmp_path / "backup", at=1)
    services.withdraw_consent(EXPERT, ledger, kept.id)
    services.retire(EXPERT, ledger, artifact)
    backup.restore(ledger, tables(), recordings_folder().parent, tmp_path / "backup", at=2, replace=True)
    assert digest(ledger) == before
    assert get_artifact(EXPERT, ledger, artifact).state == "published"
    assert (claims(EXPERT, ledger, artifact), get_recording(EXPERT, ledger, kept.id)) == (said, kept)
    assert (recordings_folder() / kept.file).read_bytes() == film.read_bytes()
