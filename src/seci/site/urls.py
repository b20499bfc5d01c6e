"""The doors of the house, room by room."""

from __future__ import annotations

from django.urls import include, path

from seci.accounts import pages as accounts
from seci.cycle import pages as cycle
from seci.site import pages as house
from seci.site.health import health
from seci.site.rest import routes
from seci.site.search import page as search
from seci.site.settings_page import settings_page
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
    path("risk/", spiral.risk, name="risk"),
    path("leave/", spiral.leave, name="leave"),
    path("leave/replay/", spiral.replay, name="replay"),
    path("next/", cycle.proposals, name="next"),
    path("next/<int:proposal>/", cycle.answer, name="proposal-answer"),
    path("next/reviewers/", cycle.reviewers, name="reviewers"),
    path("people/<int:person>/", spiral.person, name="person"),
    path("sources/", git.sources, name="sources"),
    path("sources/add/", git.add, name="source-add"),
    path("sources/<int:source>/", git.source, name="source"),
    path("sources/<int:source>/scan/", git.scan, name="source-scan"),
    path("sources/runs/<int:run>/", git.run, name="run"),
    path("sources/runs/<int:run>/undo/", git.undo, name="run-undo"),
    path("settings/", settings_page, name="settings"),
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
    path("settings/sessions/end/", accounts.session_end, name="session-end"),
    path("settings/sessions/end-others/", accounts.sign_out_everywhere, name="sign-out-everywhere"),
]
