"""Which names and addresses are machines, and which of those are writing assistants.

A rule must not catch a person: Abbot, Talbot, Cabot and Botond are people. A word counts only as a whole word.
"""

from __future__ import annotations

import re
from functools import cache

# Names of machines, whole and in lower case.
_NAMES = frozenset(
    b"""
    github|gitlab|web-flow|github-actions|github actions|dependabot|dependabot-preview|renovate|renovate bot
    greenkeeper|greenkeeperio-bot|snyk-bot|pre-commit-ci|travis ci|circleci|circle ci|jenkins|zuul
    appveyor|codecov|codecov-io|bors|homu|rust-highfive|mergify|semantic-release-bot|allcontributors|imgbot
    weblate|hosted weblate|transifex|crowdin|crowdin bot|coveralls|netlify|vercel|gerrit|gerrit code review
    gerrit bot|buildbot|build bot|ci|ci bot|cibot|copybara|copybara service|copybara-service|facebook github bot
    facebook-github-bot|merge bot|mergebot|commit bot|commit-bot|commit queue|auto-submit|autoroll|skia-autoroll
    chromium-autoroll|googleapis-publisher|gopherbot|gobot|k8s-ci-robot|kubernetes-prow-robot|kernel test robot
    kbuild test robot|kernel-team-bot|syzbot|patchew|patchwork bot|lintian-brush|debian janitor|openstack proposal bot
    l10n daemon script|l10n-bot|translation bot|translator-bot|python-docs translators bot|miss-islington
    the-knights-who-say-ni|blurb-it|bedevere-bot|tensorflower-gardener|a. unique tensorflower|hadoop qa|asf github bot
    openwrt buildbot|sourcegraph-bot|release bot|releasebot|release-bot|nodejs-github-bot|node.js github bot
    sync bot|swift-ci|llvmgnsyncbot|llvm gn syncbot|root|no author|(no author)
    """.strip()
    .replace(b"\n", b"|")
    .replace(b"    ", b"")
    .split(b"|")
)
_ADDRESSES = frozenset(
    b"""
    noreply@github.com noreply@gitlab.com action@github.com actions@github.com support@dependabot.com
    bot@renovateapp.com
    49699333+dependabot[bot]@users.noreply.github.com 41898282+github-actions[bot]@users.noreply.github.com
    no-reply@coreboot.org lkp@intel.com fengguang.wu@intel.com bors@rust-lang.org bot@kernelci.org
    """.split()
)
_WORD_BOT = re.compile(rb"(?:^|[\s_\[(.-])(?:bot|robot|buildbot|autobot)(?:[\s_\])-]|$)|\[bot\]")
_MAIL_BOT = re.compile(
    rb"\[bot\]@|^(?:[\w.+-]+[._+-])?(?:bot|robot|buildbot)@"
    rb"|^(?:jenkins|hudson|dependabot|renovate|github-actions|travis|circleci|zuul|gerrit|autoroll|syzbot|ci|builds?)@"
    rb"|^(?:noreply|no-reply)-(?:gerritcodereview|dependabot|renovate)"
)
# Two or more words: Travis Meisenheimer may well read his mail at travis@.
_PERSON = re.compile(rb"^[^\W\d_]+(?:[ .'-]+[^\W\d_]+)+$")
_AGENT_NAME = re.compile(
    rb"^(?:claude(?:[ -](?:code|opus|sonnet|haiku|fable|mythos|\d).*)?|copilot|github copilot.*|copilot-swe-agent.*"
    rb"|codex(?:[ -].*)?|openai codex.*|chatgpt.*|gpt-?\d.*|gemini(?:[ -](?:cli|code|pro|flash|\d).*)?"
    rb"|google gemini.*|cursor(?: ?agent)?|cursoragent|devin(?: ai)?|devin-ai-integration.*|aider(?: \(.*)?"
    rb"|openhands.*|sweep(?: ai)?|amp|jules|google-labs-jules.*|windsurf|opencode|qwen[ -].*|deepseek.*"
    rb"|grok[ -]\d.*|grok build.*|roo(?: code)|cline|kiro|junie|coderabbit.*)(?:\[bot\])?$"
)
_AGENT_MAIL = re.compile(
    rb"^noreply@anthropic\.com$|^(?:\d+\+)?copilot(?:-swe-agent)?(?:\[bot\])?@users\.noreply\.github\.com$"
    rb"|^cursoragent@cursor\.com$|@openhands\.dev$|^openhands@|devin-ai-integration|google-labs-jules"
    rb"|^(?:noreply@)?aider(?:@|\.chat)|^amp@ampcode\.com$|^codex@openai\.com$|^noreply@openai\.com$"
    rb"|^copilot@github\.com$|^gemini[-\w]*@google\.com$"
)
_AGENTS_WITHOUT_MAIL = (b"claude", b"gemini", b"devin", b"amp", b"jules", b"kiro", b"junie", b"cursor", b"cline")


@cache
def is_agent(name: bytes, address: bytes) -> bool:
    """A writing assistant. A person may be called Claude or Devin: such a name needs an assistant's address."""
    name, address = name.strip().lower(), address.strip().lower()
    if address == b"noreply@anthropic.com" or (_AGENT_MAIL.search(address) and not address.endswith(b"@anthropic.com")):
        return True
    if not _AGENT_NAME.match(name):
        return False
    return name not in _AGENTS_WITHOUT_MAIL or address.startswith((b"noreply", b"no-reply"))


@cache
def is_machine(name: bytes, address: bytes) -> bool:
    """A program that commits, reviews or tests: a bot, a build server, a forge. Writing assistants as well."""
    low, address = name.strip().lower(), address.strip().lower()
    return (
        low in _NAMES
        or address in _ADDRESSES
        or _WORD_BOT.search(low) is not None
        or (_MAIL_BOT.search(address) is not None and not _PERSON.match(low))
        or is_agent(name, address)
    )
