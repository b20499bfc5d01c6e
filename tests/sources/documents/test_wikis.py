from __future__ import annotations

import bz2
from pathlib import Path

import pytest

from seci.kit.errors import BadInput
from seci.sources.documents.detect import detect
from tests.sources.documents.made import failed, folder, packed, pages, read, skipped

BODY = """<p>Hello&nbsp;<ac:link><ri:page ri:content-title="Rolling back" /><ac:plain-text-link-body><![CDATA[back]]>
</ac:plain-text-link-body></ac:link> by <ac:link><ri:user ri:userkey="u1" /></ac:link>.</p>
<ac:structured-macro ac:name="warning"><ac:parameter ac:name="title">Care</ac:parameter><ac:rich-text-body>
<p>Never on <strong>Friday</strong>.</p></ac:rich-text-body></ac:structured-macro>
<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">py</ac:parameter><ac:plain-text-body>
<![CDATA[if a < b:
    go()]]></ac:plain-text-body></ac:structured-macro>
<ac:structured-macro ac:name="toc" /><ac:structured-macro ac:name="roadmap" />
<ac:task-list><ac:task><ac:task-status>complete</ac:task-status><ac:task-body>look</ac:task-body></ac:task></ac:task-list>
<p><ac:image><ri:attachment ri:filename="flow.png" /></ac:image></p>
<table><tbody><tr><th>k</th></tr><tr><td><p>v</p></td></tr></tbody></table>"""


def _object(kind: str, id_: str, **said: str) -> str:
    rows = []
    for name, value in said.items():
        if value.startswith("->"):
            rows.append(f'<property name="{name}" class="X" package="p"><id name="id">{value[2:]}</id></property>')
        else:
            inner = value.replace("]]>", "]] >")
            rows.append(f'<property name="{name}"><![CDATA[{inner}]]></property>')
    return f'<object class="{kind}" package="p"><id name="id">{id_}</id>{"".join(rows)}</object>'


def _space(body: str = BODY, title: str = "Deploying") -> str:
    said = {"space": "->9", "contentStatus": "current"}
    return (
        '<?xml version="1.0" encoding="UTF-8"?><hibernate-generic datetime="2024-01-01 00:00:00">'
        + _object("BodyContent", "50", body=body, content="->1")
        + _object("BodyContent", "51", body="<p>Old words</p>", content="->3")
        + _object("BodyContent", "52", body="<p>Undo it.</p>", content="->2")
        + _object("Space", "9", key="OPS", name="Operations")
        + _object(
            "Page",
            "1",
            title=title,
            parent="->2",
            version="2",
            lastModifier="->u1",
            lastModificationDate="2024-03-05 10:11:12.345",
            **said,
        )
        + _object("Page", "2", title="Rolling back", version="1", **said)
        + _object(
            "Page",
            "3",
            title="Deploying",
            version="1",
            originalVersion="->1",
            creator="->u1",
            lastModificationDate="2023-03-05 10:11:12.345",
            contentStatus="current",
            space="->9",
        )
        + _object("Page", "4", title="Draft", contentStatus="draft", space="->9")
        + _object("Attachment", "70", title="flow.png", version="1", containerContent="->1")
        + _object("ConfluenceUserImpl", "u1", name="alice", fullName="Alice")
        + _object("Label", "80", name="ops")
        + _object("Labelling", "81", label="->80", content="->1")
        + _object("Comment", "90", containerContent="->1", contentStatus="current")
        + "</hibernate-generic>"
    )


def test_a_confluence_space_is_read_with_macros_tree_versions_and_files(tmp_path: Path) -> None:
    export = packed(tmp_path / "space.zip", {"entities.xml": _space(), "attachments/1/70/1": b"\x89PNG"})
    assert detect(export)[0] == "confluence"
    found = read(export)
    page = pages(found)["Deploying.md"]
    assert page.text == (
        "# Deploying\n\nHello [back](Rolling%20back.md) by @Alice.\n\n"
        "> **Warning: Care**\n>\n> Never on **Friday**.\n\n"
        "```py\nif a < b:\n    go()\n```\n\n- [x] look\n\n![flow.png](Deploying/flow.png)\n\n| k |\n| --- |\n| v |\n"
    )
    assert (page.author, page.tags, page.parent, page.uid) == ("Alice", ("ops",), "Rolling back.md", "1")
    assert page.remarks == ("Macros that are left out: roadmap.", "1 comment is left out.")
    assert [(one.path, one.read()) for one in page.attachments] == [("Deploying/flow.png", b"\x89PNG")]
    assert (page.history[0].text, page.history[0].author) == ("# Deploying\n\nOld words\n", "Alice")
    assert page.history[-1].text == page.text
    assert skipped(found)["(draft)"] == "1 pages are draft at the source."


def test_a_torn_confluence_export_is_refused(tmp_path: Path) -> None:
    folder(tmp_path, {"entities.xml": _space()[:900]})
    with pytest.raises(BadInput, match="no export of Confluence that can be read to its end"):
        read(tmp_path)


def test_entities_are_not_looked_up(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret words")
    bad = _space().replace(
        "<hibernate-generic", f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]><hibernate-generic', 1
    )
    bad = bad.replace("<![CDATA[Operations]]>", "&e;").replace("<![CDATA[Deploying]]>", "Deploying&e;")
    folder(tmp_path, {"entities.xml": bad})
    assert not any("secret" in repr(one) for one in read(tmp_path, "confluence"))


MACROS = """<p>Roll <strong>Back<br/></strong>now<ac:structured-macro ac:name="status"/></p>
<ac:structured-macro ac:name="mathinline"><ac:parameter ac:name="body">--uriencoded--a%5e2</ac:parameter>
</ac:structured-macro><ac:structured-macro ac:name="plantuml"><ac:plain-text-body><![CDATA[a -> b]]>
</ac:plain-text-body></ac:structured-macro><ac:structured-macro ac:name="ui-text-box"><ac:rich-text-body><p>Box</p>
</ac:rich-text-body></ac:structured-macro><p><a href="https://w.example/pages/viewpage.action?pageId=2#x">one</a>
<a href="/display/OPS/Rolling+back">two</a> <a href="https://w.example/display/WEB/Rolling+back">three</a></p>
<ac:task-list><ac:task><ac:task-body>look<ac:task-list><ac:task><ac:task-body>twice</ac:task-body></ac:task>
</ac:task-list></ac:task-body></ac:task></ac:task-list>"""


def test_what_real_exports_of_confluence_hold_is_read(tmp_path: Path) -> None:
    """Control characters that somebody pasted, formulas and diagrams in macros, addresses of the wiki itself."""
    folder(tmp_path, {"entities.xml": _space(MACROS, title="De\x08ploying\x1c")})
    page = pages(read(tmp_path))["Deploying.md"]
    assert page.text == (
        "# Deploying\n\nRoll **Back**<br>now\n\n$a^2$\n\n```plantuml\na -> b\n```\n\nBox\n\n"
        "[one](Rolling%20back.md#x) [two](Rolling%20back.md) [three](https://w.example/display/WEB/Rolling+back)\n\n"
        "- [ ] look\n  - [ ] twice\n"
    )
    assert page.remarks[0] == "Macros of which only the words are kept: ui-text-box."


PAGE = """<html><head><title>Operations : Deploying</title></head><body class="theme-default aui-theme-default">
<div id="breadcrumb-section"><ol id="breadcrumbs"><li><a href="index.html">Operations</a></li>
<li><a href="Rolling_2.html">Rolling back</a></li></ol></div><h1 id="title-heading"><span id="title-text">
Operations : Deploying</span></h1><div class="page-metadata">Created by <span class='author'> Bob</span>, last modified
by <span class='editor'> Alice</span> on Mar 05, 2024</div><div id="main-content" class="wiki-content group">
<p>See <a href="Rolling_2.html">back</a> <span class="status-macro aui-lozenge">DONE</span></p>
<div class="confluence-information-macro confluence-information-macro-warning"><p class="title">Care</p>
<div class="confluence-information-macro-body"><p>Never on Friday.</p></div></div>
<div class="code panel"><div class="codeContent panelContent"><pre class="syntaxhighlighter-pre"
data-syntaxhighlighter-params="brush: py; theme: x">go()</pre></div></div>
<ul class="inline-task-list"><li class="checked">look</li></ul><div class="toc-macro"><ul><li>toc</li></ul></div>
<img class="confluence-embedded-image" src="attachments/1/70.png"
 data-linked-resource-default-alias="map.png"></div>
<div id="comments"><div class="comment-body">nice</div></div></body></html>"""


def test_a_confluence_html_export_is_read_by_its_main_parts(tmp_path: Path) -> None:
    files = {
        "index.html": "<html><body>Space</body></html>",
        "Deploying_1.html": PAGE,
        "Rolling_2.html": PAGE.replace("Deploying", "Rolling back").replace("Rolling_2", "index"),
        "attachments/1/70.png": b"x",
        "styles/site.css": "a{}",
    }
    export = packed(tmp_path / "space.zip", files)
    assert detect(export)[0] == "confluence-html"
    found = read(export)
    page = pages(found)["Deploying_1.html"]
    assert page.text == (
        "# Deploying\n\nSee [back](Rolling_2.html) **DONE**\n\n> **Warning: Care**\n>\n> Never on Friday.\n\n"
        "```py\ngo()\n```\n\n- [x] look\n\n![map.png](attachments/1/70.png)\n"
    )
    assert (page.author, page.parent, page.uid) == ("Alice", "Rolling_2.html", "1")
    assert page.at is not None
    assert page.remarks == ("1 comment is left out.",)
    assert skipped(found)["styles/site.css"] == "It belongs to the look of the export."
    assert skipped(found)["index.html"] == "It lists the pages of the export, as the library does."


WIKI = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11"><page><title>Deploying</title>
<ns>0</ns><id>1</id><revision><id>10</id><timestamp>2020-01-02T03:04:05Z</timestamp><contributor><username>Alice
</username></contributor><comment>first</comment><text>Hello</text></revision><revision><id>11</id>
<timestamp>2021-01-02T03:04:05Z</timestamp><contributor><username>Bob</username></contributor><text>%s</text></revision>
</page><page><title>Rolling back</title><ns>0</ns><id>2</id><revision><id>12</id><text>Do [[undo]] it.</text></revision>
</page><page><title>Undo</title><ns>0</ns><id>3</id><redirect title="Rolling back"/><revision><id>13</id><text>#REDIRECT
</text></revision></page><page><title>Template:Box</title><ns>10</ns><id>4</id><revision><id>14</id><text>&lt;noinclude&gt;
docs&lt;/noinclude&gt;Box {{{1}}} of {{{name|nobody}}}</text></revision></page><page><title>Talk:Deploying</title>
<ns>1</ns><id>5</id><revision><id>15</id><text>hi</text></revision></page></mediawiki>"""
ARTICLE = """{{Note|Be &lt;b&gt;careful&lt;/b&gt;.}}
With '''bold''', ''it'', [[rolling back|roll back]].&lt;ref&gt;A source&lt;/ref&gt; [[#Steps]], [https://x.org site].

== Steps ==
* one
** deep [[Missing]]
# a
; term : words
{{Box|x}} {{unknown}}
{| class="wikitable"
! A !! B
|-
| 1 || [[Rolling back]]
|}
&lt;syntaxhighlight lang="python"&gt;
print(1)
&lt;/syntaxhighlight&gt;
[[Category:Ops]] __TOC__"""


@pytest.mark.parametrize("name", ["dump.xml", "dump.xml.bz2"])
def test_a_mediawiki_dump_is_read_with_revisions_templates_and_redirects(tmp_path: Path, name: str) -> None:
    raw = (WIKI % ARTICLE).encode()
    (tmp_path / name).write_bytes(bz2.compress(raw) if name.endswith("bz2") else raw)
    assert detect(tmp_path / name)[0] == "mediawiki"
    found = read(tmp_path / name)
    page = pages(found)["Deploying.md"]
    assert page.text == (
        "# Deploying\n\n> **Note** Be **careful**.\n\nWith **bold**, *it*, [roll back](Rolling%20back.md).[^1] "
        "[Steps](#steps), [site](https://x.org).\n\n## Steps\n\n- one\n  - deep Missing\n1. a\n\n"
        "**term** words\n\nBox x of nobody\n\n| A | B |\n| --- | --- |\n| 1 | [Rolling back](Rolling%20back.md) |\n\n"
        "```python\nprint(1)\n```\n\n[^1]: A source\n"
    )
    assert (page.author, page.tags, page.remarks) == ("Bob", ("Ops",), ("Templates that are left out: unknown.",))
    assert [(one.author.strip(), one.message) for one in page.history] == [("Alice", "first"), ("Bob", "")]
    assert pages(found)["Rolling back.md"].aliases == ("Undo",)
    assert pages(found)["Rolling back.md"].text == "# Rolling back\n\nDo [undo](Rolling%20back.md) it.\n"
    assert len(skipped(found)) == 3
    assert failed(found) == {}


def test_a_dump_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from seci.sources.documents import dump

    monkeypatch.setattr(dump.Bounded.__init__, "__defaults__", (100_000,))
    (tmp_path / "d.xml.bz2").write_bytes(bz2.compress((WIKI % ("x" * 500_000)).encode()))
    with pytest.raises(BadInput, match="unpacks to over"):
        read(tmp_path / "d.xml.bz2")


def test_a_dump_in_another_language_and_of_the_first_schema_is_understood(tmp_path: Path) -> None:
    dump = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.3/" xml:lang="de"><siteinfo><namespaces>
<namespace key="0"/><namespace key="1">Diskussion</namespace><namespace key="6">Datei</namespace>
<namespace key="14">Kategorie</namespace></namespaces></siteinfo><page><title>Betrieb</title><id>1</id><revision>
<text>Siehe [[Datei:Plan.png|mini|links|Der [[Plan]]]] und &lt;math&gt;a^2&lt;/math&gt;. [[Kategorie:Technik]]</text>
</revision></page><page><title>Ops</title><id>2</id><redirect/><revision><id>2</id><text>#REDIRECT [[Betrieb]]</text>
</revision></page><page><title>Diskussion:Betrieb</title><id>3</id><revision><id>3</id><text>x</text></revision></page>
</mediawiki>"""
    (tmp_path / "d.xml").write_text(dump)
    found = read(tmp_path / "d.xml")
    page = pages(found)["Betrieb.md"]
    assert page.text == "# Betrieb\n\nSiehe *(picture: Plan.png, Der Plan)* und $a^2$.\n"
    assert (page.tags, page.aliases) == (("Technik",), ("Ops",))
    assert sorted(skipped(found)) == ["Diskussion Betrieb.md", "Ops.md"]
