"""The doors of the house, room by room."""

from __future__ import annotations

from django.urls import include, path

from seci.accounts import pages as accounts
from seci.artifacts.pages import changing as artifact_changes
from seci.artifacts.pages import looking as artifacts
from seci.artifacts.pages import recordings, writing
from seci.assets import pages as assets
from seci.cases import pages as cases
from seci.cycle import pages as cycle
from seci.externalization import pages as externalization
from seci.internalization import pages as practice
from seci.internalization.challenges import pages as challenges
from seci.internalization.runs import pages as runs
from seci.internalization.sittings import pages as sittings
from seci.partner import pages as partner
from seci.people import pages as people
from seci.site import pages as house
from seci.site.health import health
from seci.site.rest import routes
from seci.site.search import page as search
from seci.site.settings_page import settings_page
from seci.sources.changes import pages as changes
from seci.sources.git import pages as git
from seci.spiral import pages as spiral

handler403 = "seci.site.middleware.forbidden"
handler404 = "seci.site.middleware.not_found"
handler500 = "seci.site.middleware.broken"

urlpatterns = [
    path("", house.home, name="home"),
    path("search/", search, name="search"),
    path("who/", spiral.who, name="who"),
    path("assets/<int:asset>/", spiral.asset, name="asset"),
    path("assets/<int:asset>/people/<int:person>/", spiral.evidence, name="asset-evidence"),
    path("assets/<int:asset>/keep/", assets.keep, name="asset-keep"),
    path("assets/<int:asset>/rename/", assets.rename, name="asset-rename"),
    path("assets/<int:asset>/retire/", assets.retire, name="asset-retire"),
    path("assets/<int:asset>/merge/", assets.merge, name="asset-merge"),
    path("assets/<int:asset>/split/", assets.split, name="asset-split"),
    path("assets/<int:asset>/nominate/", assets.nominate, name="asset-nominate"),
    path("assets/<int:asset>/nominations/<int:nomination>/", assets.unnominate, name="asset-unnominate"),
    path("assets/<int:asset>/hide/", assets.hide, name="asset-hide"),
    path("artifacts/", artifacts.artifacts, name="artifacts"),
    path("artifacts/new/", writing.new, name="artifact-new"),
    path("artifacts/<int:artifact>/", artifacts.artifact, name="artifact"),
    path("artifacts/<int:artifact>/try/", artifacts.try_, name="artifact-try"),
    path("artifacts/<int:artifact>/compare/", artifacts.compare, name="artifact-compare"),
    path("artifacts/<int:artifact>/edit/", writing.edit, name="artifact-edit"),
    path("artifacts/<int:artifact>/publish/", artifact_changes.publish, name="artifact-publish"),
    path("artifacts/<int:artifact>/verify/", artifact_changes.verify, name="artifact-verify"),
    path("artifacts/<int:artifact>/sign/", artifact_changes.sign, name="artifact-sign"),
    path("artifacts/<int:artifact>/retire/", artifact_changes.retire, name="artifact-retire"),
    path("artifacts/<int:artifact>/restore/", artifact_changes.restore, name="artifact-restore"),
    path("artifacts/<int:artifact>/revert/", artifact_changes.revert, name="artifact-revert"),
    path("artifacts/<int:artifact>/hand-over/", artifact_changes.hand_over, name="artifact-hand-over"),
    path("artifacts/<int:artifact>/file/", artifact_changes.file_under, name="artifact-file"),
    path("artifacts/<int:artifact>/claims/<path:claim>/", artifact_changes.claim, name="artifact-claim"),
    path("artifacts/<int:artifact>/export/<str:form>/", artifacts.export, name="artifact-export"),
    path("artifacts/<int:artifact>/run/", runs.work, name="artifact-run"),
    path("artifacts/<int:artifact>/ladder/", runs.promote, name="artifact-ladder"),
    path("artifacts/<int:artifact>/challenge/", challenges.contest, name="artifact-challenge"),
    path("artifacts/<int:artifact>/challenge/look/", challenges.look, name="challenge-look"),
    path("artifacts/<int:artifact>/gates/", sittings.gates, name="gates"),
    path("artifacts/<int:artifact>/gates/open/", sittings.open_, name="sitting-open"),
    path("artifacts/<int:artifact>/gates/rest/", sittings.rest, name="gates-rest"),
    path("sittings/<int:sitting>/", sittings.sitting, name="sitting"),
    path("sittings/<int:sitting>/leave/", sittings.leave, name="sitting-leave"),
    path("challenges/", challenges.challenges, name="challenges"),
    path("challenges/<int:challenge>/", challenges.challenge, name="challenge"),
    path("challenges/<int:challenge>/decide/", challenges.decide, name="challenge-decide"),
    path("runs/", runs.runs, name="runs"),
    path("runs/<int:run>/", runs.run, name="work-run"),
    path("runs/<int:run>/move/", runs.move, name="work-move"),
    path("runs/<int:run>/end/", runs.end, name="work-end"),
    path("runs/<int:run>/blind/", runs.blind, name="work-blind"),
    path("runs/<int:run>/review/", runs.review, name="work-review"),
    path("artifacts/<int:artifact>/recordings/", recordings.attach, name="recording-attach"),
    path("artifacts/recordings/<int:recording>/", recordings.recording, name="recording"),
    path("artifacts/recordings/<int:recording>/file/", recordings.film, name="recording-file"),
    path("artifacts/recordings/<int:recording>/quote/", recordings.quote, name="recording-quote"),
    path("artifacts/recordings/<int:recording>/withdraw/", recordings.withdraw, name="recording-withdraw"),
    path("risk/", spiral.risk, name="risk"),
    path("leave/", cycle.leave, name="leave"),
    path("leave/replay/", spiral.replay, name="replay"),
    path("next/", cycle.proposals, name="next"),
    path("next/<int:proposal>/", cycle.answer, name="proposal-answer"),
    path("next/reviewers/", cycle.reviewers, name="reviewers"),
    path("people/", people.people, name="people"),
    path("people/<int:person>/", spiral.person, name="person"),
    path("people/<int:person>/edit/", people.edit, name="person-edit"),
    path("people/<int:person>/split/", people.split, name="person-split"),
    path("people/identities/", people.identities, name="identities"),
    path("people/identities/<int:case>/", people.identity_decide, name="identity-decide"),
    path("people/units/", people.units, name="units"),
    path("people/units/add/", people.unit_add, name="unit-add"),
    path("people/units/import/", people.unit_import, name="unit-import"),
    path("people/units/propose/", people.unit_propose, name="unit-propose"),
    path("people/units/<int:unit>/remove/", people.unit_remove, name="unit-remove"),
    path("people/units/proposed/<int:proposal>/keep/", people.unit_keep, name="unit-keep"),
    path("people/units/proposed/<int:proposal>/dismiss/", people.unit_dismiss, name="unit-dismiss"),
    path("cases/", cases.banks, name="cases"),
    path("cases/import/", cases.import_, name="case-import"),
    path("cases/changes/", changes.from_changes, name="case-changes"),
    path("cases/<int:bank>/", cases.bank, name="case-bank"),
    path("cases/<int:bank>/describe/", cases.describe, name="case-describe"),
    path("cases/<int:bank>/attributes/<str:key>/", cases.attribute, name="case-attribute"),
    path("cases/<int:bank>/retire/", cases.retire, name="case-retire"),
    path("cases/<int:bank>/cases.csv", cases.export, name="case-export"),
    path("cases/<int:bank>/case/<path:key>/", cases.case, name="case"),
    path("sources/", git.sources, name="sources"),
    path("sources/add/", git.add, name="source-add"),
    path("sources/<int:source>/", git.source, name="source"),
    path("sources/<int:source>/scan/", git.scan, name="source-scan"),
    path("sources/runs/<int:run>/", git.run, name="run"),
    path("sources/runs/<int:run>/undo/", git.undo, name="run-undo"),
    path("interviews/", externalization.interviews, name="interviews"),
    path("interviews/start/", externalization.start, name="interview-start"),
    path("interviews/conversions/<str:conversion>/", externalization.conversion, name="conversion"),
    path("interviews/texts/", externalization.transcripts, name="transcripts"),
    path("interviews/texts/add/", externalization.add_transcript, name="transcript-add"),
    path("interviews/texts/<int:transcript>/", externalization.transcript, name="transcript"),
    path(
        "interviews/texts/<int:transcript>/candidates/<int:candidate>/",
        externalization.decide,
        name="candidate-decide",
    ),
    path("interviews/texts/<int:transcript>/write/", externalization.write_down, name="transcript-write"),
    path("interviews/disputes/", externalization.disputes, name="disputes"),
    path("interviews/disputes/<int:bank>/", externalization.disputes_of, name="disputes-of"),
    path("interviews/<int:interview>/journal/", externalization.journal, name="interview-journal"),
    path("interviews/all/", externalization.all_interviews, name="all-interviews"),
    path("interviews/<int:interview>/", externalization.interview, name="interview"),
    path("interviews/<int:interview>/consent/", externalization.consent, name="interview-consent"),
    path("interviews/<int:interview>/answer/", externalization.answer, name="interview-answer"),
    path("interviews/<int:interview>/words/", externalization.reword, name="interview-words"),
    path("interviews/<int:interview>/pause/", externalization.pause, name="interview-pause"),
    path("interviews/<int:interview>/resume/", externalization.resume, name="interview-resume"),
    path("interviews/<int:interview>/abandon/", externalization.abandon, name="interview-abandon"),
    path("interviews/<int:interview>/manage/", externalization.manage, name="interview-manage"),
    path("interviews/<int:interview>/invite/", externalization.invite, name="interview-invite"),
    path(
        "interviews/<int:interview>/invitations/<int:invitation>/revoke/",
        externalization.revoke,
        name="interview-revoke",
    ),
    path("invitations/<str:secret>/", externalization.invitation, name="invitation"),
    path("practice/", practice.practice, name="practice"),
    path("practice/begin/", practice.begin, name="practice-begin"),
    path("practice/open/", practice.open_round, name="practice-open"),
    path("practice/rounds/<int:round_>/", practice.round_, name="practice-round"),
    path("practice/rounds/<int:round_>/<int:case>/", practice.case, name="practice-case"),
    path("practice/attempts/<int:attempt>/look/", practice.look, name="practice-look"),
    path("practice/attempts/<int:attempt>/line/", practice.line, name="practice-line"),
    path("practice/cases/", practice.prepared, name="practice-cases"),
    path("practice/cases/of/<int:artifact>/", practice.plan, name="practice-plan"),
    path("practice/cases/of/<int:artifact>/prepare/", practice.prepare, name="practice-prepare"),
    path("practice/cases/of/<int:artifact>/import/", practice.bring, name="practice-bring"),
    path("practice/cases/<int:case>/", practice.case_page, name="practice-case-page"),
    path("practice/cases/<int:case>/change/", practice.change, name="practice-change"),
    path("practice/panels/", practice.panels, name="practice-panels"),
    path("practice/panels/<int:artifact>/", practice.panel, name="practice-panel"),
    path("practice/calendar/<str:token>.ics", practice.feed, name="practice-calendar"),
    path("settings/", settings_page, name="settings"),
    path("settings/metrics/", house.metrics, name="metrics"),
    path("favicon.ico", house.favicon, name="favicon"),
    path("healthz", health, name="health"),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", routes()),
    path("enter/<str:token>/", accounts.enter, name="enter"),
    path("settings/invite/", accounts.invite, name="invite"),
    path("settings/member/role/", accounts.member_role, name="member-role"),
    path("settings/member/close/", accounts.member_close, name="member-close"),
    path("settings/me/", accounts.claim, name="claim"),
    path("settings/me/confirm/", accounts.claim_confirm, name="claim-confirm"),
    path("settings/tokens/", accounts.token_create, name="token-create"),
    path("settings/tokens/revoke/", accounts.token_revoke, name="token-revoke"),
    path("settings/partner/", partner.choose, name="partner-choose"),
    path("settings/partner/test/", partner.try_out, name="partner-test"),
    path("settings/partner/switch/", partner.switch, name="partner-switch"),
    path("settings/partner/forget/", partner.forget, name="partner-forget"),
    path("settings/sessions/end/", accounts.session_end, name="session-end"),
    path("settings/sessions/end-others/", accounts.sign_out_everywhere, name="sign-out-everywhere"),
]
