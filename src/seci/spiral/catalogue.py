"""The metrics that are shown: what each means, how it is computed, whose it is, and how it could be gamed."""

from __future__ import annotations

from dataclasses import dataclass

from seci.kit.figures import Status


@dataclass(frozen=True, slots=True)
class Metric:
    """One entry of the catalogue; `slug` names it in links."""

    name: str
    slug: str
    formula: str
    unit: str
    status: Status
    meaning: str
    source: str
    gaming: str


CATALOGUE: tuple[Metric, ...] = (
    Metric(
        "Familiarity",
        "familiarity",
        "K(p, a) = Σ weight · 2^(−age / 365 d)",
        "changes",
        "proposal",
        "Decayed contact of one person with one asset. Contact, not proof of skill; only the person sees the figure.",
        "Exponential decay of evidence as in JetBrains' Bus Factor Explorer (ICSE-SEIP 2022); the half-life is ours",
        "Many small commits raise it; mass edits, generated files and reverts count little or nothing.",
    ),
    Metric(
        "Coverage",
        "coverage",
        "C(a) = 1 − Π (1 − 0.8 · (1 − h) · s),  s = K / (K + 4 + √files)",
        "share",
        "proposal",
        "The chance that someone who holds the asset is here and can be reached when it is needed.",
        "Measures 6.4; the 80 % range is over what makes a holder, who can be reached and who stays",
        "Names on commits raise it without knowledge: that is why nothing is internalized before it is tested.",
    ),
    Metric(
        "Knowledge at risk",
        "at-risk",
        "KaR(a) = V · λ · [½ (1 − C) + ½ (1 − mean over users of (1 − h) · s)]",
        "hours a week",
        "proposal",
        "Expected loss for want of knowledge: how often it is needed times how often it is missing. V is one hour.",
        "Measures 6.4; what documents keep is left out until documents are measured",
        "An asset that nobody changes has none, although it may matter: criticality is for people to state.",
    ),
    Metric(
        "Bus factor",
        "bus-factor",
        "fewest leavers after whom half of the files have no author; author: DOA > 0.75 of the largest and ≥ 3.293",
        "people",
        "established part",
        "Concentration of authorship, of all time and among people active within a year. Not a figure of risk.",
        "Avelino et al., ICPC 2016; degree of authorship: Fritz et al., TOSEM 2014",
        "People who left long ago keep the first number high: read the second.",
    ),
    Metric(
        "Files at risk",
        "files-at-risk",
        "live files that fewer than two people here wrote or reviewed",
        "files",
        "established part",
        "Where a single departure leaves nobody who has ever looked at a file.",
        "Mirsaeedi and Rigby, ICSE 2020",
        "Rubber-stamped reviews lower it; the worst two departures are shown beside it in the replays.",
    ),
    Metric(
        "Holders",
        "holders",
        "people here with s ≥ ½",
        "people",
        "proposal",
        "How many people here have had as much fresh contact as half of the asset's scale.",
        "Project's own threshold",
        "It counts contact, so it says who could help, not who is good.",
    ),
    Metric(
        "Freshness",
        "freshness",
        "fresh within half a half-life of the last contact, fading within one, stale after it (335 days, mixed tasks)",
        "",
        "proposal",
        "Whether anyone has been in touch with it lately. Nothing stays green for ever.",
        "Half-lives of skill without use: Tatel and Ackerman (motor-component skills)",
        "A trivial edit makes it fresh.",
    ),
    Metric(
        "Concentration",
        "concentration",
        "fewest people who make half of the contact; top share; Gini; Shannon entropy over its maximum",
        "",
        "established part",
        "How evenly contact is spread over people.",
        "CHAOSS Contributor Absence Factor; Gini; Shannon",
        "Equal shares of nothing are even, too: read it beside coverage.",
    ),
    Metric(
        "Effect of a proposal",
        "effect",
        "fall of knowledge at risk if the contact it brings were recorded; per hour of everybody's time",
        "share of the asset's risk",
        "proposal",
        "What a pairing, a second reviewer or an interview would change. An expectation until it is measured here.",
        "Same arithmetic as knowledge at risk; range: half to one and a half times the contact",
        "Asking the same helpful person for everything: hours are capped and near-ties drawn by lot.",
    ),
    Metric(
        "Knowledge integration",
        "integration",
        "products with sources of two or more authors and teams ÷ products; × (1 − open ÷ found contradictions)",
        "share",
        "proposal",
        "Whether what is merged brings different people's knowledge together and settles what they disagree on.",
        "Measures 2.4, metric 7; Wilson, scaled. A product is a published merge or an artifact made from another",
        "Merging what nobody needs: read it beside demand answered and use.",
    ),
    Metric(
        "External sources",
        "outside",
        "products with a source from outside and at least one use ÷ products; entropy of origins ÷ ln 5",
        "share",
        "proposal",
        "Whether vendors, standards and research find their way into what is used here.",
        "Measures 2.4, metric 8; Wilson; Shannon's entropy with a bootstrap over sources",
        "Pasting in what others wrote: only products that are used count.",
    ),
    Metric(
        "Demand answered",
        "demand-answered",
        "Σ times × answered ÷ Σ times, over wishes of the search and incidents by asset; 180 days; beside it n1 ÷ n",
        "share",
        "proposal",
        "Of what is looked for and what happens, how much something written answers; n1 ÷ n: whether the next is new.",
        "Measures 2.4, metric 9; bootstrap over kinds of demand; unseen mass: Good 1953",
        "People who have given up asking raise it: read it beside the unseen mass. Searches count from five askers on.",
    ),
    Metric(
        "Practical application",
        "application",
        "reach = people who apply ÷ people of the unit; depth = median uses; uses ÷ reads; 91 days",
        "share, uses",
        "proposal",
        "Whether a team uses what was written down, on real tasks and incidents. Shown from five people on.",
        "Measures 2.4, metric 10; reach: Wilson; depth: order statistics; uses a read: bootstrap over people",
        "Ticking a checklist that nobody needed: read it beside what turned out badly.",
    ),
    Metric(
        "Skill development",
        "development",
        "mean over learners of s(now) − s(91 days ago); normalized: (post − pre) ÷ (1 − pre) of the means",
        "share",
        "proposal",
        "How much better a team does without help than a quarter ago. Shown from five learners on.",
        "Measures 2.4, metric 11; Student's interval over learners; Hake 1998 for the normalized gain, by bootstrap",
        "Easy tasks raise it, and old evidence fades: what is not done again falls back to the middle.",
    ),
    Metric(
        "Independent execution",
        "independent",
        "learners with P(s ≥ 0.7) ≥ 0.8 alone on real work ÷ learners; those it comes from do not count",
        "share",
        "proposal",
        "How many of those who learn it do it alone. Owners of artifacts and interviewed experts are left out.",
        "Measures 2.4, metric 12; Wilson, which takes each learner of each asset as one",
        "Keeping the hard tasks from learners: read it beside the share of tasks for which somebody was asked.",
    ),
    Metric(
        "Expert dependence",
        "escalation",
        "ended runs on real work for which somebody was asked ÷ ended runs on real work; 91 days",
        "share",
        "proposal",
        "How often real work still needs an expert. Shown from five people on.",
        "Measures 2.4, metric 12; Wilson, which takes the tasks of one person as independent",
        "Not asking when one should: overturned decisions tell.",
    ),
    Metric(
        "Time to the right call",
        "right-call",
        "median over people of each one's median seconds, of right calls without help, per pattern; 91 days",
        "s",
        "established part",
        "How fast a pattern is recognized. Shown for patterns that five or more called right.",
        "Latency of correct answers; interval by order statistics of the median",
        "Wrong calls do not count, so guessing quickly looks fast: read it beside how often they are right.",
    ),
)
