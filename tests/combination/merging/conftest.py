import pytest


@pytest.fixture(autouse=True)
def words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A merge is complete without embeddings; with them these small texts would only take longer."""
    monkeypatch.setattr("seci.combination.queries.texts.rounded", lambda: None)
