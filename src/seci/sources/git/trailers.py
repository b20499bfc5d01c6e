"""What the text of a commit says about who took part, which change it belongs to, and what a machine wrote.

Git's own idea of a trailer (last paragraph, exact key) misses much of what people write: `Reviewed-By`, typos,
several people on a line, Kafka's `Reviewers: A <..>, B` in the body, `r=name` in a subject. Here every line that
starts like `key: value` counts wherever it stands, if its key is one we know or nearly so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from seci.sources.git.bots import is_agent, is_machine
from seci.sources.git.codes import Flag, Role


class Key(IntEnum):
    """What a line that is not about a person tells. Continues where `Role` ends, so that one table holds both."""

    NOTHING = -1
    REVIEWERS = 50
    CHANGE = 51
    CHANGE_ID = 52
    ASSISTED = 53


_KEYS: dict[str, int] = {
    "co-authored-by": Role.CO_AUTHOR,
    "co-developed-by": Role.CO_AUTHOR,
    "also-by": Role.CO_AUTHOR,
    "also-authored-by": Role.CO_AUTHOR,
    "co-author": Role.CO_AUTHOR,
    "pair-programmed-with": Role.CO_AUTHOR,
    "reviewed-by": Role.REVIEWER,
    "code-review-by": Role.REVIEWER,
    "code-reviewed-by": Role.REVIEWER,
    "approved-by": Role.REVIEWER,
    "reviewed-and-tested-by": Role.REVIEWER,
    "lgtm-by": Role.REVIEWER,
    "reviewers": Key.REVIEWERS,
    "reviewer": Key.REVIEWERS,
    "acked-by": Role.ACKED,
    "okayed-by": Role.ACKED,
    "tested-by": Role.TESTED,
    "verified-by": Role.TESTED,
    "helped-by": Role.HELPED,
    "suggested-by": Role.HELPED,
    "mentored-by": Role.HELPED,
    "guided-by": Role.HELPED,
    "improved-by": Role.HELPED,
    "diagnosed-by": Role.HELPED,
    "debugged-by": Role.HELPED,
    "inspired-by": Role.HELPED,
    "based-on-patch-by": Role.HELPED,
    "reported-by": Role.REPORTED,
    "signed-off-by": Role.SIGNED_OFF,
    "committed-by": Role.COMMITTER,
    "merged-by": Role.MERGER,
    "pr-url": Key.CHANGE,
    "reviewed-on": Key.CHANGE,
    "pull-request": Key.CHANGE,
    "pull-request-url": Key.CHANGE,
    "merge-request": Key.CHANGE,
    "part-of": Key.CHANGE,
    "differential-revision": Key.CHANGE,
    "phabricator-revision": Key.CHANGE,
    "change-id": Key.CHANGE_ID,
    "assisted-by": Key.ASSISTED,
    "generated-by": Key.ASSISTED,
    "ai-assisted-by": Key.ASSISTED,
    "co-authored-by-ai": Key.ASSISTED,
}
# A key may be mistyped by this many letters; short keys may not, they would turn into one another.
_TYPOS = 2
_TYPO_FROM = 9

# Nothing that `+` keeps could match in another way: a line of prose is given up at once.
_LINE = re.compile(rb"\n[ \t]{0,8}+([A-Za-z][A-Za-z-]{2,30}+(?: [A-Za-z]{2,12}+){0,3}+)[ \t]?+:[ \t]*([^\n]+)")
_REVIEWERS_OVER_LINES = re.compile(rb"\n[ \t]*[Rr]eviewers?[ \t]*:((?:[^\n]*,[ \t]*\n)+[^\n]+)")
# Without the colon it could be a sentence; an address says that it is not.
_REVIEWED_WITHOUT_COLON = re.compile(
    rb"\nReview(?:ers?[ \t]*;?|ed(?: by)?[ \t]*[;:]?)[ \t]+([^\n:<]*<[^\s<>@]+@[^\s<>@]+>[^\n]*)"
)
_R_LINE = re.compile(rb"\n[rR]=([^\n]+)")
_R_SUBJECT = re.compile(rb"(?<!\w)s?r=([\w.@+*/-]+(?:,\s?(?![\w-]*=)[\w.@+*/-]+)*)")
_NOT_NAMES = {b"me", b"self", b"trivial", b"testonly", b"test-only", b"test-fix", b"orange", b"npotb", b"release"}
_LONGEST = 2_000  # bytes of a line that are looked at: longer ones hold no people, only work for the reader
_MAIL = re.compile(rb"[^\s<>(),;]+@[^\s<>(),;]+")
_LEAD = re.compile(rb"^[\s,;&]*(?:and\s+|AND\s+|[Rr]eviewers?:\s*)?")
_GOES_ON = re.compile(rb"\s*(?:[,;&]|and\s)")
_BETWEEN = re.compile(rb"\s*(?:[,;&]|\band\b)\s*")
# What `_AI_TEXT` finds holds it, unless it is in capitals; a pattern that begins with plain letters is fast.
_HINT = re.compile(rb"te[dn] [WBUwbu]")
# In lower case: a pattern that does not care about case is far slower.
_AI_TEXT = re.compile(
    rb"(?:generated|written|created|assisted) (?:with|by|using) (?:the help of )?\[?"
    rb"(?:claude|copilot|github copilot|cursor|codex|chatgpt|gpt-|gemini|aider|devin|openai|amp\b|opencode)"
)


class _Keys(dict[bytes, int]):
    """Known keys by how they are written; a new spelling is looked at once."""

    def __missing__(self, written: bytes) -> int:
        if len(self) > 100_000:
            self.clear()
        self[written] = code = _meaning(written)
        return code


class _People(dict[bytes, tuple[tuple[bytes, ...], bool]]):
    """The people on a line, and whether it names a writing assistant; the same few lines come again and again."""

    def __missing__(self, line: bytes) -> tuple[tuple[bytes, ...], bool]:
        if len(self) > 200_000:
            self.clear()
        found, assisted = [], False
        for person in people(line):
            name, _, address = person.rpartition(b" <")
            agent = is_agent(name, address[:-1])
            assisted = assisted or agent
            if not agent and not is_machine(name, address[:-1]):
                found.append(person)
        self[line] = answer = tuple(found), assisted
        return answer


_AI_ASSISTED, _REVERT, _SQUASH, _PULL = (int(flag) for flag in (Flag.AI_ASSISTED, Flag.REVERT, Flag.SQUASH, Flag.PULL))
_REVIEWER = int(Role.REVIEWER)
_CHANGE, _CHANGE_ID, _ASSISTED, _SEVERAL = (
    int(key) for key in (Key.CHANGE, Key.CHANGE_ID, Key.ASSISTED, Key.REVIEWERS)
)
_keys = _Keys()
_people = _People()


@dataclass(slots=True)
class Said:
    """What a message says.

    roles    (role, person as `Name <address>`), each once, machines left out
    flags    of codes.Flag: AI_ASSISTED, REVERT, SQUASH, PULL
    change   name of the pull request or review, b"" if none is named
    """

    roles: list[tuple[int, bytes]]
    flags: int = 0
    change: bytes = b""


def said(message: bytes, merge: bool = False) -> Said:
    """Reads a commit message (subject, blank line, body)."""
    subject, _, body = message.partition(b"\n")
    return told(subject, body, merge)


def told(subject: bytes, body: bytes, merge: bool) -> Said:
    """Reads a commit message of which the first line has been taken off."""
    out = Said([])
    _read_subject(subject, merge, out)
    if body:
        _read_body(b"\n" + body, out)
    if len(out.roles) > 1:
        out.roles = list(dict.fromkeys(out.roles))
    return out


def _read_body(body: bytes, out: Said) -> None:
    change_id = b""
    keys, roles = _keys, out.roles
    for written, value in _LINE.findall(body):
        code = keys[written]
        if code < 0:
            continue
        if code < _SEVERAL:
            named, assisted = _people[value]
            for person in named:
                roles.append((code, person))
            if assisted:
                out.flags |= _AI_ASSISTED
        elif code == _CHANGE:
            out.change = out.change or change_of(value)
        elif code == _CHANGE_ID:
            change_id = value.strip()
        elif code == _ASSISTED:
            out.flags |= _AI_ASSISTED
        else:
            _reviewers(body, value, out)
    if b"\nReview" in body:
        for value in _REVIEWED_WITHOUT_COLON.findall(body):
            _add(_REVIEWER, value, out)
    if b"=" in body and (b"r=" in body or b"R=" in body):
        for names in _R_LINE.findall(body):
            _add_names(names, out)
    out.change = out.change or change_id
    if b"\nThis reverts commit " in body:
        out.flags |= _REVERT
    if _HINT.search(body) and _AI_TEXT.search(body.lower()):
        out.flags |= _AI_ASSISTED


def _add(role: int, value: bytes, out: Said) -> None:
    named, assisted = _people[value]
    for person in named:
        out.roles.append((role, person))
    if assisted:
        out.flags |= _AI_ASSISTED


def _reviewers(body: bytes, value: bytes, out: Said) -> None:
    if value.rstrip().endswith(b","):
        longer = _REVIEWERS_OVER_LINES.search(body)
        value = longer[1].replace(b"\n", b" ") if longer else value
    _add(_REVIEWER, value, out)


def _add_names(names: bytes, out: Said) -> None:
    for name in _BETWEEN.split(names.strip()):
        handle = name.strip(b"@*. \t")
        plain = handle and b" " not in handle and handle.lower() not in _NOT_NAMES
        if plain and not handle.endswith((b"-dev", b"-codereviews", b"-reviews", b"-reviewers")):
            person = b"<" + handle + b">" if b"@" in handle else handle + b" <>"
            out.roles.append((_REVIEWER, b" " + person if person.startswith(b"<") else person))


_MERGED_PR = re.compile(rb"^(?:Merge pull request|Auto merge of|Merge PR|Merged in .*\(pull request) (#\d+)")
_SQUASHED = re.compile(rb"\(((?:#|!|GH-|gh-)\d+)\)\s*$")
_PULLED = re.compile(
    rb"^Merge (?:remote(?:-tracking)? )?branch(?:es)? '(?:(?:origin|upstream)/)?"
    rb"(?:master|main|trunk|develop|dev|devel|default)'(?: of \S+)?(?: into (?!(?:master|main|trunk)\b).*)?$"
)
_REVERTED = (b'Revert "', b"revert: ", b"Revert: ", b"Revert commit ", b"Back out ", b"Backed out ", b"Revert r")


def _read_subject(subject: bytes, merge: bool, out: Said) -> None:
    if subject.startswith(_REVERTED):
        out.flags |= _REVERT
    if b"r=" in subject:
        for names in _R_SUBJECT.findall(subject):
            _add_names(names, out)
    if subject.endswith(b")") or subject[-2:-1] == b")":
        squashed = _SQUASHED.search(subject)
        if squashed:
            out.change = b"#" + squashed[1].lstrip(b"#GHgh-") if squashed[1][:1] != b"!" else squashed[1]
            out.flags |= 0 if merge else _SQUASH
    if merge:
        pulled = _MERGED_PR.match(subject)
        if pulled:
            out.change = pulled[1]
        elif _PULLED.match(subject):
            out.flags |= _PULL


_REQUEST = re.compile(rb"([^/\s]+/[^/\s]+)/(?:pull|pulls|issues)/(\d+)")
_MERGE_REQUEST = re.compile(rb"https?://[^/\s]+/(\S+?)/(?:-/)?merge_requests/(\d+)")
_NUMBER = re.compile(rb"\s*((?:[\w.-]+/[\w.-]+)?[#!]\d+|D\d+)")


def change_of(value: bytes) -> bytes:
    """A short, stable name for what a `PR-URL`, `Reviewed-on` or the like points to; b"" if it names nothing."""
    value = value[:_LONGEST]
    if b"://" in value:
        if b"/pull" in value or b"/issues/" in value:
            found = _REQUEST.search(value)
            if found:
                return found[1] + b"#" + found[2]
        if b"/merge_requests/" in value:
            found = _MERGE_REQUEST.search(value)
            if found:
                return found[1] + b"!" + found[2]
        address = b"".join(value.split(b"://", 1)[1].split(None, 1)[:1]).rstrip(b"/.,>)")
        number = address.rpartition(b"/")[2]
        if number.lstrip(b"D").isdigit():
            return address.partition(b"/")[0] + b"/" + number
        return b""
    number_only = _NUMBER.match(value)
    return number_only[1] if number_only else b""


def people(line: bytes) -> list[bytes]:
    """The people that a line names, each as `Name <address>`; the address is empty where there is none.

    Understands `A <a@x>, B <b@x>`, `A <a@x> and B`, `A (a@x)`, `@login`, bare addresses and names with commas
    between. Remarks after the last address (`[rebased]`, `# v2`) are not people.
    """
    *addressed, rest = line[:_LONGEST].split(b">")
    found: list[bytes] = []
    for part in addressed:
        names, *addresses = part.split(b"<")
        for unclosed in addresses[:-1]:
            address, *after = _BETWEEN.split(unclosed, maxsplit=1)
            if b"@" in address:
                found.extend(_addressed(names, address))
                names = b"".join(after)
        if addresses:
            found.extend(_addressed(names, addresses[-1]))
    if found and not _GOES_ON.match(rest):
        return found
    found.extend(name for name in map(_unaddressed, _BETWEEN.split(rest)) if name)
    return found


def _addressed(names: bytes, address: bytes) -> list[bytes]:
    """Whoever has this address, after those that are named before without one."""
    *before, name = _BETWEEN.split(_LEAD.sub(b"", names, count=1))
    alone = [person for person in map(_unaddressed, before) if person]
    return [*alone, _clean(name).lstrip(b"@") + b" <" + address.strip() + b">"]


def _clean(name: bytes) -> bytes:
    return name.strip(b" \t\"'")


def _unaddressed(piece: bytes) -> bytes:
    """A name alone, or with an address that stands bare or in other brackets. Nothing where the words are no name: a
    sentence, a URL, a remark."""
    mail = _MAIL.search(piece) if b"@" in piece else None
    if mail:
        return _clean(piece[: mail.start()].strip(b" (<[")) + b" <" + mail[0].rstrip(b".]") + b">"
    name = _clean(piece.split(b"(")[0].split(b"#")[0].split(b"[")[0].split(b" @")[0]).rstrip(b".")
    if (
        not name
        or len(name) > 60
        or name.count(b" ") > 4
        or b"://" in name
        or not any(letter.isalpha() for letter in name.decode("utf-8", "replace"))
    ):
        return b""
    if name.lower() in (b"none", b"n/a", b"me", b"nobody", b"tbd", b"various", b"many", b"others", b"et al"):
        return b""
    return name.lstrip(b"@") + b" <>"


def _meaning(written: bytes) -> int:
    key = re.sub(r"[ _-]+", "-", written.decode("ascii").strip().lower())
    if key in _KEYS:
        return int(_KEYS[key])
    likely = key.endswith(("by", "with", "rs")) or "auth" in key or "review" in key
    if len(key) < _TYPO_FROM or not likely:
        return Key.NOTHING
    near = [known for known in _KEYS if len(known) >= _TYPO_FROM and known[:1] == key[:1]]
    best = min(near, key=lambda known: _distance(key, known), default="")
    return int(_KEYS[best]) if best and _distance(key, best) <= _TYPOS else int(Key.NOTHING)


def _distance(one: str, other: str) -> int:
    """Letters to add, drop, change or swap (Damerau 1964, adjacent swaps) to turn one word into the other."""
    if abs(len(one) - len(other)) > _TYPOS:
        return _TYPOS + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
