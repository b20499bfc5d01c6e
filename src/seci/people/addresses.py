"""E-mail addresses as they stand in histories: cleaned, taken apart, and judged for what they can prove."""

from __future__ import annotations

import re
from dataclasses import dataclass

from seci.people.names import fold

_NOREPLY = re.compile(r"(?:(\d+)\+)?([^@+]+)@users\.noreply\.(?:github|gitlab|gitea|codeberg)\.[a-z]+")
_SUBVERSION = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_AT = re.compile(r"\s*(?:\(at\)|\[at\]| at )\s*")
_ROUGH = re.compile(r"[a-z0-9]+")
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "go", "ne", "net", "or", "org"})
_NOWHERE = frozenset(
    {"localhost", "localdomain", "local", "lan", "home", "internal", "invalid", "none", "(none)", "test"}
)
_EXAMPLES = frozenset({"example.com", "example.org", "example.net", "email.com", "domain.com", "company.com"})
PROVIDERS = frozenset(
    {
        "126.com", "163.com", "aol.com", "fastmail.com", "foxmail.com", "free.fr", "gmail.com", "gmx.de", "gmx.net",
        "hey.com", "hotmail.com", "icloud.com", "inbox.ru", "laposte.net", "libero.it", "live.com", "mac.com",
        "mail.com", "mail.ru", "mailbox.org", "me.com", "msn.com", "naver.com", "orange.fr", "outlook.com", "pm.me",
        "pobox.com", "posteo.de", "proton.me", "protonmail.com", "qq.com", "rambler.ru", "riseup.net", "t-online.de",
        "tutanota.com", "web.de", "yahoo.com", "yandex.com", "yandex.ru", "ymail.com", "zoho.com",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address, read.

    email     canonical form, equal for all spellings of one mailbox; empty where there is none
    local     the part before the @ without a +tag, or the login of a forge's noreply address
    domain    the part after it; empty where missing
    tag       what followed a +
    number    the account number of a forge's noreply address, which outlives a change of login
    """

    email: str
    local: str
    domain: str = ""
    tag: str = ""
    number: str = ""
    noreply: bool = False

    @property
    def organization(self) -> str:
        """The registered domain, so that all hosts of one organization agree: `redhat.com` of `host.bos.redhat.com`.
        Empty for mail providers, where neighbors are strangers, and for addresses that lead nowhere."""
        if self.noreply or not self.reachable or self.domain in PROVIDERS:
            return ""
        labels = self.domain.split(".")
        deep = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
        return ".".join(labels[-3 if deep else -2 :])

    @property
    def reachable(self) -> bool:
        """Whether mail could arrive: not `root@localhost`, not `jane@laptop.(none)`, not an example."""
        labels = self.domain.split(".")
        return (
            len(labels) > 1
            and labels[-1] not in _NOWHERE
            and labels[-1].isalpha()
            and self.domain not in _EXAMPLES
            and not self.domain.startswith("localhost.")
        )


def read(text: str) -> Address:
    """Read an address. Never fails: what is no address keeps its words in `local`."""
    clean = _AT.sub("@", fold(text).strip().strip("<>\"' "))
    # Broken set-ups write the name into the address as well: "Michael Xie Michael.Xie@amd.com".
    clean = clean.split()[-1] if "@" in clean and clean.split() else clean
    noreply = _NOREPLY.fullmatch(clean)
    if noreply:
        number, login = noreply[1] or "", noreply[2]
        return Address(clean, login, clean.partition("@")[2], number=number, noreply=True)
    local, _, domain = clean.rpartition("@") if "@" in clean else (clean, "", "")
    if _SUBVERSION.fullmatch(domain):
        return Address("", local)
    base, _, tag = local.partition("+")
    base, tag = (base, tag) if base else (local, "")
    if domain == "googlemail.com":
        domain = "gmail.com"
    mailbox = base.replace(".", "") if domain == "gmail.com" else base
    return Address(f"{mailbox}@{domain}" if domain else "", base, domain, tag)


def rough_words(text: str) -> list[str]:
    """The runs of letters and digits in ASCII text: a cheap first look at what two aliases may share."""
    return _ROUGH.findall(text.lower())
