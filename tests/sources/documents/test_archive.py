from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from seci.kit.errors import BadInput
from seci.sources.documents import archive
from seci.sources.documents.detect import detect
from tests.sources.documents.made import failed, packed, pages, read, skipped, zipped


def test_a_zip_of_a_folder_is_read_as_that_folder(tmp_path: Path) -> None:
    found = read(packed(tmp_path / "guides.zip", {"guides/a.md": "[b](sub/b.md)", "guides/sub/b.md": "x"}))
    assert pages(found)["a.md"].links[0].path == "sub/b.md"


def test_names_that_lead_out_of_a_zip_are_not_read(tmp_path: Path) -> None:
    names = {"../up.md": "x", "/abs.md": "x", "a/../../b.md": "x", "C:\\windows.md": "x", "fine.md": "x"}
    found = read(packed(tmp_path / "a.zip", names))
    assert list(pages(found)) == ["fine.md"]
    assert set(failed(found).values()) == {"Its name leads out of the archive."}
    assert len(failed(found)) == 4


def test_a_link_in_a_zip_is_not_followed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        link = zipfile.ZipInfo("link.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
        made.writestr("a.md", "x")
    assert skipped(read(tmp_path / "a.zip")) == {"link.md": "It is a link; links in archives are not followed."}


def test_a_zip_that_is_cut_off_or_locked_says_so(tmp_path: Path) -> None:
    whole = zipped({"a.md": "# A\n" * 1_000})
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadInput, match=r"cut.zip is no zip that can be opened: it is cut off or damaged"):
        detect(tmp_path / "cut.zip")
    locked = bytearray(zipped({"a.md": "x"}))
    locked[6] |= 1
    locked[locked.find(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(locked)
    with pytest.raises(BadInput, match=r"a.md: It is encrypted; pack it again without a password"):
        detect(tmp_path / "locked.zip")


def test_a_zip_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    bomb = packed(tmp_path / "bomb.zip", {"a.md": "x", "zeros.md": b"\0" * 12_000_000})
    with pytest.raises(BadInput, match=r"bomb.zip holds 'zeros.md', which unpacks to 12 MB, over 200 times its size"):
        read(bomb)


def test_a_bomb_within_a_zip_is_found_as_well(tmp_path: Path) -> None:
    inner = zipped({"zeros.md": b"\0" * 12_000_000})
    with pytest.raises(BadInput, match="over 200 times its size"):
        read(packed(tmp_path / "a.zip", {"a.md": "x", "inner.zip": inner}))


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_ARCHIVE", 1_000)
    monkeypatch.setattr(archive._Purse, "__init__", _purse_of(1_000))
    with pytest.raises(BadInput, match="unpacks to over"):
        read(packed(tmp_path / "a.zip", {f"{n}.md": f"{n} words " * 20 for n in range(20)}))


def _purse_of(size: int) -> object:
    def made(self: archive._Purse, name: str) -> None:
        self.name, self.bytes, self.files = name, size, 1_000

    return made


def test_a_file_that_lies_about_its_size_gives_no_more_than_it_said(tmp_path: Path) -> None:
    made = bytearray(zipped({"a.md": "x" * 5_000, "b.md": "fine"}))
    # The size in the central directory says 100 where 5,000 are packed.
    at = made.index(b"PK\x01\x02")
    made[at + 24 : at + 28] = (100).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(made)
    found = read(tmp_path / "a.zip")
    assert "b.md" in pages(found)
    assert "a.md" in failed(found) or len(pages(found)["a.md"].text) <= 100


def test_a_broken_file_in_a_zip_fails_alone(tmp_path: Path) -> None:
    made = bytearray(zipped({"a.md": "words and more words " * 50, "b.md": "fine"}))
    made[40:60] = b"\xff" * 20
    (tmp_path / "a.zip").write_bytes(made)
    found = read(tmp_path / "a.zip")
    assert list(pages(found)) == ["b.md"]
    assert failed(found)["a.md"].startswith("It cannot be unpacked")


def test_a_locked_zip_says_so(tmp_path: Path) -> None:
    made = bytearray(zipped({"a.md": "x", "b.md": "y"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(mark) + offset] |= 1
    (tmp_path / "a.zip").write_bytes(made)
    assert failed(read(tmp_path / "a.zip")) == {"a.md": "It is encrypted; pack it again without a password."}


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x05\x06" + b"\0" * 3)
    with pytest.raises(BadInput):
        read(tmp_path / "a.zip")


def test_a_zip_in_a_zip_is_opened_three_deep(tmp_path: Path) -> None:
    deep = zipped({"deepest.md": "x"})
    for n in range(3):
        deep = zipped({f"{n}.zip": deep, f"{n}.md": "x"})
    (tmp_path / "a.zip").write_bytes(deep)
    found = read(tmp_path / "a.zip")
    assert list(pages(found)) == ["2.md", "2/1.md", "2/1/0.md"] or len(pages(found)) == 3
    assert any("no deeper" in why for why in skipped(found).values())


def test_names_in_utf8_without_a_flag_are_read_as_such(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("pru\u0308fung.md", "x")
    raw = bytearray(out.getvalue())
    for mark, offset in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        raw[raw.index(mark) + offset] &= ~0x08
    (tmp_path / "a.zip").write_bytes(raw)
    assert list(pages(read(tmp_path / "a.zip"))) == ["prüfung.md"], "and in composed letters"
