"""Pages of practice: what learners do, what authors prepare, what experts of a panel judge; a calendar."""

from seci.internalization.pages.authoring import bring, case_page, change, plan, prepare, prepared, weigh
from seci.internalization.pages.feed import feed
from seci.internalization.pages.learning import begin, card, case, line, look, open_round, practice, round_
from seci.internalization.pages.panels import panel, panels

__all__ = [
    "begin",
    "bring",
    "card",
    "case",
    "case_page",
    "change",
    "feed",
    "line",
    "look",
    "open_round",
    "panel",
    "panels",
    "plan",
    "practice",
    "prepare",
    "prepared",
    "round_",
    "weigh",
]
