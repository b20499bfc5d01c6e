"""The readers on guides that teams have published, where they lie beside this repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.documents.made import failed, pages, read

GUIDES = Path(__file__).parents[4] / "shared" / "data" / "guides"

pytestmark = pytest.mark.skipif(not GUIDES.is_dir(), reason="the guides are not beside this repository")


@pytest.mark.parametrize(
    ("name", "licence", "count"),
    [
        ("google-eng-practices", "CC-BY-3.0", 13),
        ("microsoft-playbook", "CC-BY-4.0", 17),
        ("thoughtbot-guides", "CC-BY-3.0", 2),
        ("18f-development-guide", "CC0-1.0", 1),
        ("tuning-playbook", "CC-BY-4.0", 1),
    ],
)
def test_a_published_guide_is_read_whole_under_its_licence(name: str, licence: str, count: int) -> None:
    found = read(GUIDES / name, "markdown")
    assert failed(found) == {}
    assert len(pages(found)) == count
    assert {page.licence for page in pages(found).values()} == {licence}
    assert all(page.title and page.text for page in pages(found).values())


def test_the_links_between_pages_of_a_guide_lead_to_them() -> None:
    by_path = pages(read(GUIDES / "google-eng-practices", "markdown"))
    leading = [link.path for page in by_path.values() for link in page.links]
    assert len(leading) > 40
    assert set(leading) <= set(by_path)
