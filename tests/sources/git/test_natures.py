from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.sources.git.codes import Nature
from seci.sources.git.natures import Natures


@pytest.mark.parametrize(
    ("path", "nature"),
    [
        ("src/engine.py", Nature.CODE),
        ("main.c", Nature.CODE),
        ("src/data/loader.py", Nature.CODE),
        ("lib/Foo.java", Nature.CODE),
        ("README.md", Nature.DOCS),
        ("docs/adr/0001-use-git.md", Nature.DOCS),
        ("docs/conf.py", Nature.CODE),
        ("LICENSE", Nature.DOCS),
        ("man/tool.1", Nature.DOCS),
        ("tests/test_engine.py", Nature.TESTS),
        ("src/engine_test.go", Nature.TESTS),
        ("src/app.spec.ts", Nature.TESTS),
        ("core/src/test/java/org/FooTest.java", Nature.TESTS),
        ("go/analysis/testdata/src/a/a.go", Nature.TESTS),
        ("Makefile", Nature.BUILD),
        ("CMakeLists.txt", Nature.BUILD),
        (".github/workflows/ci.yml", Nature.BUILD),
        ("Dockerfile.prod", Nature.BUILD),
        ("requirements-dev.txt", Nature.BUILD),
        ("assets/logo.png", Nature.DATA),
        ("locale/de/messages.po", Nature.DATA),
        ("api/service.pb.go", Nature.GENERATED),
        ("proto/thing_pb2.py", Nature.GENERATED),
        ("pkg/zz_generated.deepcopy.go", Nature.GENERATED),
        ("vendor/github.com/x/y.go", Nature.VENDORED),
        ("third_party/zlib/inflate.c", Nature.VENDORED),
        ("deps/v8/src/api.cc", Nature.VENDORED),
        ("web/node_modules/a/index.js", Nature.VENDORED),
        ("package-lock.json", Nature.LOCK),
        ("Cargo.lock", Nature.LOCK),
        ("go.sum", Nature.LOCK),
        ("web/jquery.min.js", Nature.MINIFIED),
    ],
)
def test_a_path_tells_what_a_file_is(path: str, nature: Nature) -> None:
    assert Natures().of(path.encode()) is nature


def test_gitattributes_has_the_last_word() -> None:
    rules = b"""
# comment
*.pb.go -linguist-generated
src/gen/** linguist-generated=true
vendor/ours/** linguist-vendored=false
notes/*.py linguist-documentation
*.py diff=python
"""
    natures = Natures(rules)
    assert natures.of(b"a/b.pb.go") is Nature.CODE
    assert natures.of(b"vendor/ours/x.c") is Nature.CODE
    assert natures.of(b"vendor/theirs/x.c") is Nature.VENDORED
    assert natures.of(b"src/gen/deep/x.py") is Nature.GENERATED
    assert natures.of(b"notes/x.py") is Nature.DOCS
    assert natures.of(b"notes/deep/x.py") is Nature.CODE
    assert natures.of(b"src/main.py") is Nature.CODE


@given(st.lists(st.binary(max_size=60), max_size=20))
def test_every_path_has_a_nature_that_does_not_depend_on_the_others(paths: list[bytes]) -> None:
    shared = Natures()
    assert [Natures().of(path) for path in paths] == [shared.of(path) for path in paths]
