"""The numbers that figures rest on, as the settings page lists them: read from where they are used."""

from __future__ import annotations

from seci.cycle.transfers import CODIFIED, DOCUMENT_RELIEF, HORIZON_WEEKS, INTERVIEW_HOURS
from seci.site.views import AssumptionRow
from seci.spiral.coverage import AVAILABILITY, HOLDER, HOURS_PER_CHANGE
from seci.spiral.familiarity import HALF_LIFE_DAYS
from seci.spiral.freshness import HALF_LIVES
from seci.spiral.presence import STEADY, WINDOW


def assumptions() -> tuple[AssumptionRow, ...]:
    return (
        AssumptionRow(
            "Half-life of familiarity",
            f"{HALF_LIFE_DAYS:g} days",
            "After so long without contact, half of it is left.",
            "proposal",
            "Between what predicts reviewers best (90 days) and the slower loss of practised skill.",
        ),
        AssumptionRow(
            "Freshness of an asset",
            ", ".join(f"{days} days ({task})" for task, days in HALF_LIVES.items()),
            "Half-lives of what is learned, by kind of task; an asset fades within one and is stale after it.",
            "proposal",
            "Tatel and Ackerman, meta-analysis of skill decay, carried over from tasks with a motor component.",
        ),
        AssumptionRow(
            "A holder", f"{HOLDER:.0%} held", "From here on somebody counts as holding an asset.", "proposal"
        ),
        AssumptionRow(
            "Can be reached",
            f"{AVAILABILITY:.0%}",
            "The chance that someone who is here can help when needed.",
            "proposal",
        ),
        AssumptionRow(
            "Still here in a year",
            f"{STEADY:.0%} at most",
            f"For someone active in each of the last {WINDOW} months; less in proportion for others.",
            "proposal",
        ),
        AssumptionRow(
            "A change without the knowledge",
            f"{HOURS_PER_CHANGE:g} h more",
            "Turns coverage and demand into knowledge at risk, until somebody states how critical an asset is.",
            "proposal",
        ),
        AssumptionRow(
            "What a document relieves",
            f"{DOCUMENT_RELIEF:.0%} of what can be written down ({CODIFIED:.0%} if nobody has said)",
            "How much risk a complete document takes away before anybody has practised with it.",
            "proposal",
        ),
        AssumptionRow(
            "An interview",
            f"{INTERVIEW_HOURS:g} h",
            f"What it costs; proposals are weighed over {HORIZON_WEEKS} weeks.",
            "proposal",
        ),
    )
