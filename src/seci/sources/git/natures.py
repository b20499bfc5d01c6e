"""What a file is, told from its path by rules that are data.

The rules follow what linguist and its users have learned about vendored, generated and documentation paths;
`.gitattributes` at the tip (`linguist-generated`, `linguist-vendored`, `linguist-documentation`) has the last word.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable

from seci.sources.git.codes import Nature

_FOLDERS: dict[Nature, str] = {
    Nature.VENDORED: """vendor vendorcode vendors vendored vendor-bundle _vendor _vendored third_party third-party
        thirdparty 3rdparty 3rd-party 3rd_party node_modules bower_components jspm_packages godeps _workspace extern
        externals carthage pods .yarn site-packages contrib-libs gnulib deps""",
    Nature.GENERATED: "__generated__ generated gen-src autogen dist .next __pycache__ __snapshots__ snapshots",
    Nature.TESTS: """test tests testing testdata test-data test_data __tests__ __mocks__ spec specs fixtures fixture e2e
        unittests unit_tests integration-tests integration_tests testsuite test-suite testcases conformance
        cypress mocks androidtest""",
    Nature.DOCS: """doc docs documentation man manual manuals guide guides adr adrs rfc rfcs design-docs wiki
        decisions javadoc howto runbooks""",
    Nature.BUILD: """.github .gitlab .circleci .travis ci .ci cmake buildscripts build-aux packaging debian
        .azure-pipelines""",
    Nature.DATA: "data dataset datasets locale locales i18n l10n translations assets images img icons fonts po",
}
# Rules on folders that a deeper or more specific rule may overrule come later in this order.
_FOLDER_ORDER = (Nature.VENDORED, Nature.GENERATED, Nature.TESTS, Nature.DOCS, Nature.BUILD, Nature.DATA)

_NAMES: dict[Nature, str] = {
    Nature.LOCK: """package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb composer.lock
        gemfile.lock cargo.lock poetry.lock pdm.lock uv.lock pipfile.lock go.sum go.work.sum mix.lock pubspec.lock
        podfile.lock flake.lock packages.lock.json paket.lock deno.lock cartfile.resolved package.resolved
        gradle.lockfile conan.lock .terraform.lock.hcl buildscript-gradle.lockfile module.bazel.lock
        requirements.lock""",
    Nature.BUILD: """makefile gnumakefile makefile.am makefile.in cmakelists.txt configure configure.ac configure.in
        meson.build meson_options.txt build build.bazel workspace module.bazel sconstruct sconscript wscript
        build.gradle build.gradle.kts settings.gradle settings.gradle.kts gradle.properties gradlew gradlew.bat pom.xml
        build.xml build.sbt setup.py setup.cfg pyproject.toml tox.ini noxfile.py package.json tsconfig.json cargo.toml
        go.mod go.work gemfile rakefile composer.json dockerfile docker-compose.yml docker-compose.yaml jenkinsfile
        vagrantfile procfile kbuild kconfig .travis.yml .gitlab-ci.yml appveyor.yml .appveyor.yml azure-pipelines.yml
        requirements.txt environment.yml pipfile .gitignore .gitattributes .gitmodules .editorconfig .clang-format
        .pre-commit-config.yaml webpack.config.js rollup.config.js vite.config.ts .eslintrc .eslintrc.js .eslintrc.json
        .prettierrc babel.config.js jest.config.js codecov.yml .mailmap .npmrc .npmignore .dockerignore common.gypi""",
    Nature.DOCS: """readme license licence copying notice authors contributors maintainers owners codeowners changelog
        changes history news todo thanks credits install security contributing code_of_conduct governance
        llms.txt""",
    Nature.GENERATED: "configure aclocal.m4 config.guess config.sub ltmain.sh libtool.m4 install-sh",
}
_SUFFIXES: dict[Nature, str] = {
    Nature.DOCS: "md markdown mdx rst adoc asciidoc txt tex texi texinfo pod rdoc org mdwn 1 2 3 4 5 6 7 8 9 me ms",
    Nature.BUILD: """cmake mk am ac m4 gradle bazel bzl gyp gypi gn gni nix spec ebuild pri pro vcxproj sln csproj
        fsproj props targets nuspec sbt cabal gemspec podspec opam dockerfile tf dsc inf fdf dec config cfg ninja""",
    Nature.DATA: """json jsonl ndjson csv tsv xml yaml yml toml ini svg png jpg jpeg gif ico webp bmp tif tiff pdf eps
        ps ttf otf woff woff2 eot mp3 wav ogg flac mp4 webm mov avi zip gz bz2 xz zst tar tgz 7z jar war class so
        dll exe a o lib bin dat db sqlite parquet npy npz pkl h5 hdf5 onnx pt model wasm po pot mo strings resx
        properties xlf xliff ts.qm qm hex vbt rom fd aml dsl.bin pem crt cer key der p12 asc sig log out golden snap
        plist xcf psd ai sketch fig drawio geojson proj map lst tbl""",
    Nature.GENERATED: """pb.go pb.cc pb.h pb.c pb.validate.go pb.gw.go _pb2.py _pb2_grpc.py _pb2.pyi _pb.js _pb.d.ts
        .g.dart .freezed.dart .designer.cs .g.cs .g.i.cs _generated.go .generated.go .generated.ts .gen.go .gen.ts
        _gen.go _string.go .deepcopy.go .tab.c .tab.h .yy.c .lex.c .js.map .css.map .min.js.map zz_generated.go
        .snap .xcscheme .pbxproj""",
    Nature.MINIFIED: ".min.js .min.css .min.mjs .bundle.js .chunk.js -min.js -min.css .pack.js",
}
_PATTERNS: tuple[tuple[Nature, str], ...] = (
    (Nature.GENERATED, r"^zz_generated\.|^moc_.*\.cpp$|^ui_.*\.h$|^bindata\.go$|^.*\.pb\.[\w.]+$"),
    (
        Nature.TESTS,
        r"^test_.*\.py$|_test\.\w+$|_tests?\.(?:c|cc|cpp|py|rs)$|[._-](?:test|spec)\.[jt]sx?$|_spec\.rb$"
        r"|tests?\.(?:java|kt|scala|cs|swift|groovy)$|^conftest\.py$|it\.java$",
    ),
    (
        Nature.DOCS,
        r"^(?:readme|changelog|changes|contributing|copying|license|licence|news|todo|install|authors)"
        r"(?:[._-].*)?$",
    ),
    (
        Nature.BUILD,
        r"^(?:dockerfile|makefile|kconfig|kbuild|jenkinsfile)(?:\..*)?$|^requirements.*\.txt$"
        r"|\.config\.[cm]?[jt]s$|^build\.[\w.]*$",
    ),
)
_DOCS_IN_DOCS = frozenset(_SUFFIXES[Nature.DOCS].split()) | {"html", "htm", "dia", "ipynb"}
_CODE = """c h cc cpp cxx hh hpp go py java kt rs rb js jsx ts tsx cs swift scala pl pm php sh s asm"""
_CODE_MOST = frozenset(_CODE.split())

_BY_FOLDER = {word: nature for nature in reversed(_FOLDER_ORDER) for word in _FOLDERS[nature].split()}
_BY_NAME = {word: nature for nature in reversed(_NAMES) for word in _NAMES[nature].split()}
_BY_SUFFIX = {word: nature for nature in (Nature.DATA, Nature.BUILD, Nature.DOCS) for word in _SUFFIXES[nature].split()}
_ENDINGS = tuple((tuple(_SUFFIXES[nature].split()), nature) for nature in (Nature.MINIFIED, Nature.GENERATED))
_COMPILED = tuple((re.compile(pattern), nature) for nature, pattern in _PATTERNS)

Rule = tuple[re.Pattern[str], Nature, bool]


class Natures:
    """Natures of paths. Folders and names repeat, so both are looked at once."""

    def __init__(self, attributes: bytes = b"") -> None:
        self._rules = list(_attribute_rules(attributes.decode("utf-8", "replace")))
        self._folders: dict[str, Nature | None] = {"": None}
        self._names: dict[str, Nature] = {}

    def of(self, path: bytes) -> Nature:
        text = path.decode("utf-8", "surrogateescape")
        told = self._told(text.lower())
        for pattern, nature, on in reversed(self._rules):
            if pattern.match(text):
                if on:
                    return nature
                return Nature.CODE if told is nature else told
        return told

    def _told(self, text: str) -> Nature:
        folder, _, name = text.rpartition("/")
        by_name = self._name(name)
        if by_name in (Nature.LOCK, Nature.MINIFIED):
            return by_name
        by_folder = self._folder(folder)
        if by_folder is None or by_folder is by_name:
            return by_name
        return _combined(by_folder, by_name, name)

    def all(self, paths: Iterable[bytes]) -> array[int]:
        return array("b", map(int, map(self.of, paths)))

    def _folder(self, folder: str) -> Nature | None:
        """Of the folders on the way the outermost strong one counts, else the innermost that says anything."""
        known = self._folders.get(folder, False)
        if known is not False:
            return known  # type: ignore[return-value]
        above, _, last = folder.rpartition("/")
        own, higher = _BY_FOLDER.get(last), self._folder(above)
        if higher in (Nature.VENDORED, Nature.GENERATED, Nature.TESTS) or own is None:
            own = higher
        self._folders[folder] = own
        return own

    def _name(self, name: str) -> Nature:
        if len(self._names) > 200_000:
            self._names.clear()
        known = self._names.get(name)
        if known is None:
            known = self._names[name] = _nature_of_name(name)
        return known


def _combined(folder: Nature, name: Nature, text: str) -> Nature:
    """A folder's word on its files, unless the file's own name is more telling."""
    if folder in (Nature.VENDORED, Nature.GENERATED):
        return folder
    if name is Nature.GENERATED:
        return name
    if folder is Nature.TESTS:
        return Nature.DOCS if text.startswith("readme") else Nature.TESTS
    suffix = text.rpartition(".")[2]
    if folder is Nature.DOCS:
        return Nature.DOCS if suffix in _DOCS_IN_DOCS or "." not in text else name
    if folder is Nature.BUILD:
        return name if name in (Nature.DOCS, Nature.TESTS) else Nature.BUILD
    return name if suffix in _CODE_MOST or name is not Nature.CODE else folder


def _nature_of_name(name: str) -> Nature:
    if name in _BY_NAME:
        return _BY_NAME[name]
    for endings, nature in _ENDINGS:
        if name.endswith(endings):
            return nature
    for pattern, nature in _COMPILED:
        if pattern.search(name):
            return nature
    suffix = name.rpartition(".")[2] if "." in name else ""
    return _BY_SUFFIX.get(suffix, Nature.CODE)


_ATTRIBUTES: dict[str, Nature] = {
    "linguist-vendored": Nature.VENDORED,
    "linguist-generated": Nature.GENERATED,
    "linguist-documentation": Nature.DOCS,
}


def _attribute_rules(text: str) -> Iterable[Rule]:
    for line in text.splitlines():
        words = line.split()
        if len(words) < 2 or line.startswith("#"):
            continue
        for word in words[1:]:
            name, _, value = word.lstrip("-!").partition("=")
            if name in _ATTRIBUTES:
                off = word[0] in "-!" or value.lower() in ("false", "0")
                yield _glob(words[0]), _ATTRIBUTES[name], not off


def _glob(pattern: str) -> re.Pattern[str]:
    """A `.gitattributes` pattern: without a slash it matches names, with one it matches whole paths."""
    anchored = "/" in pattern.rstrip("/")
    out, i = "", 0
    text = pattern.lstrip("/")
    while i < len(text):
        if text.startswith("**/", i):
            out, i = out + "(?:.*/)?", i + 3
        elif text.startswith("**", i):
            out, i = out + ".*", i + 2
        elif text[i] == "*":
            out, i = out + "[^/]*", i + 1
        elif text[i] == "?":
            out, i = out + "[^/]", i + 1
        else:
            out, i = out + re.escape(text[i]), i + 1
    return re.compile(("" if anchored else "(?:.*/)?") + out + r"\Z", re.DOTALL)
