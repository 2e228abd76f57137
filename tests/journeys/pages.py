"""Every kind of page, with the one who may see it, and how it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.journeys.stage import Stage


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its name here, who opens it ("" is a visitor), its address (with {names} of the stage), its answer."""

    name: str
    role: str
    address: str
    status: int = 200

    def at(self, stage: Stage) -> str:
        """Return the address on this stage."""
        return re.sub(r"\{([^}]+)\}", lambda found: stage.at[found[1]], self.address)


# A visitor whose session remembers that somebody invited her.
GUEST = "guest"

PAGES = [
    Page("home", "", "/"),
    Page("home of a member", "reader", "/"),
    Page("older notes", "", "{older}"),
    Page("note", "", "/notes/37"),
    Page("note in English", "", "/notes/34"),
    Page("note of a member", "reader", "/notes/37"),
    Page("note of its writer", "writer", "{own note}"),
    Page("link card", "", "{link card}"),
    Page("withdrawn note", "", "{withdrawn note}", 410),
    Page("withdrawn note of its writer", "writer", "{withdrawn note}"),
    Page("nothing here", "", "/notes/999999999", 404),
    Page("not yours to do", "reader", "/moderation", 403),
    Page("notebook", "", "{own notebook}"),
    Page("notebook of a unit", "", "{unit notebook}"),
    Page("notebook of its owner", "writer", "{own notebook}"),
    Page("notebook, changing", "writer", "/notebooks/{notebook number}/change"),
    Page("notebook, new", "writer", "/notebooks/new"),
    Page("people", "", "/people"),
    Page("people for a member", "reader", "/people"),
    Page("person", "", "{person}"),
    Page("person for a member", "reader", "{person}"),
    Page("units", "", "/units"),
    Page("unit", "", "{unit}"),
    Page("unit for a steward", "steward", "{unit}"),
    Page("merged unit", "", "{merged unit}"),
    Page("tags", "", "/tags"),
    Page("tag", "", "{tag}"),
    Page("search", "", "/search"),
    Page("search, found", "", "/search?q=น้ำ"),
    Page("search, found by a member", "reader", "/search?q=โรงพยาบาล"),
    Page("search, narrowed", "", "/search?q=น้ำ&kind=note&sort=newest"),
    Page("search, nothing", "", "/search?q=ฟฟฟฟ"),
    Page("search, nothing for a choice", "", "/search?q=ฟฟฟฟ&kind=note&year=2550"),
    Page("forums", "", "/forums"),
    Page("forums for a member", "reader", "/forums"),
    Page("about", "", "/about"),
    Page("accessibility", "", "/accessibility"),
    Page("feeds", "", "/feeds"),
    Page("terms", "", "/terms"),
    Page("styleguide", "", "/styleguide"),
    Page("sign in", "", "/accounts/login/"),
    Page("join", "", "/accounts/signup/"),
    Page("join by invitation", GUEST, "{invitation}"),
    Page("password forgotten", "", "/accounts/password/reset/"),
    Page("password, mail sent", "", "/accounts/password/reset/done/"),
    Page("comment as a visitor", "", "{comment page}"),
    Page("reply as a visitor", "", "{reply page}"),
    Page("report as a visitor", "", "{report page}"),
    Page("write, choosing", "writer", "/write"),
    Page("write how", "writer", "/write/how"),
    Page("write journal", "writer", "/write/journal"),
    Page("write article", "writer", "/write/article"),
    Page("change a note", "writer", "/notes/{own number}/edit"),
    Page("withdraw a note", "writer", "/notes/{own number}/withdraw"),
    Page("history", "writer", "/notes/{own number}/history"),
    Page("desk", "writer", "/desk"),
    Page("desk of a newcomer", "reader", "/desk"),
    Page("replies", "writer", "/desk/replies"),
    Page("replies, none", "facilitator", "/desk/replies"),
    Page("held comments", "writer", "/desk/held"),
    Page("held comments, none", "reader", "/desk/held"),
    Page("saved searches", "writer", "/searches"),
    Page("saved searches, none", "reader", "/searches"),
    Page("saved searches, no more letters", "", "{stop page}"),
    Page("appreciate a note", "reader", "{appreciate page}"),
    Page("report a comment", "reader", "{report page}"),
    Page("moderation", "steward", "/moderation"),
    Page("moderation, decided", "steward", "/moderation/decided"),
    Page("words that mean the same", "steward", "/moderation/words"),
    Page("moderation log", "steward", "/moderation/log"),
    Page("invitations", "steward", "/people/invitations"),
    Page("approvals", "steward", "/people/approvals"),
    Page("unit, new", "steward", "/units/new"),
    Page("unit, correcting", "steward", "/units/{unit number}/correct"),
    Page("unit, renaming", "steward", "/units/{unit number}/rename"),
    Page("unit, moving", "steward", "/units/{unit number}/move"),
    Page("unit, merging", "steward", "/units/{unit number}/merge"),
    Page("unit, splitting", "steward", "/units/{unit number}/split"),
    Page("unit, closing", "steward", "/units/{unit number}/close"),
    Page("units, importing", "steward", "/units/import"),
    Page("tag for a steward", "steward", "{tag}"),
    Page("settings: profile", "writer", "/settings/profile"),
    Page("settings: preferences", "writer", "/settings/preferences"),
    Page("settings: appointments", "writer", "/settings/appointments"),
    Page("settings: privacy", "writer", "/settings/privacy"),
    Page("settings: my data", "writer", "/settings/privacy/my-data"),
    Page("settings: leaving", "writer", "/settings/privacy/leave"),
    Page("settings: security", "writer", "/settings/security"),
    Page("settings: mail address", "writer", "/accounts/email/"),
    Page("settings: password", "writer", "/accounts/password/set/"),
    Page("settings: devices", "writer", "/accounts/sessions/"),
    Page("settings: second step", "newcomer", "/accounts/2fa/totp/activate/"),
    Page("settings: passkey, new", "newcomer", "/accounts/2fa/webauthn/add/"),
    Page("settings: password, changing", "newcomer", "/accounts/password/change/"),
    Page("settings: security of a newcomer", "newcomer", "/settings/security"),
    Page("home of a newcomer", "newcomer", "/"),
    Page("write for the first time", "newcomer", "/write"),
    Page("desk, empty", "newcomer", "/desk"),
    Page("sign out", "writer", "/accounts/logout/"),
]
