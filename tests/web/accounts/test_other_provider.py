"""Coming by another provider (OpenID Connect): a real one of our own, in a thread, speaks the protocol."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from django.urls import reverse

from prakai.people import actions
from prakai.people.models import Person
from tests.people.conftest import Cast


class Provider(BaseHTTPRequestHandler):
    """Discovery, token and userinfo; keeps what it was asked."""

    asked: ClassVar[list[dict[str, list[str]]]] = []
    told: ClassVar[dict[str, Any]] = {
        "sub": "3100500123456",
        "name": "มาลี ใจงาม",
        "email": "malee@doikham.example",
        "email_verified": True,
    }

    def _answer(self, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        here = f"http://{self.headers['Host']}"
        if self.path.startswith("/.well-known/"):
            self._answer(
                {
                    "issuer": here,
                    "authorization_endpoint": f"{here}/authorize",
                    "token_endpoint": f"{here}/token",
                    "userinfo_endpoint": f"{here}/userinfo",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        else:
            self._answer(self.told)

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.asked.append(parse_qs(self.rfile.read(length).decode()))
        self._answer({"access_token": "access", "token_type": "Bearer"})

    def log_message(self, *words: object) -> None:
        """Keep the test's output quiet."""


@pytest.fixture
def provider(settings: Any) -> Iterator[str]:
    """The address of a provider that is known here as "dga"."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    app = {
        "provider_id": "dga",
        "name": "บัญชีภาครัฐ",
        "client_id": "prakai",
        "secret": "secret",
        "settings": {"server_url": address},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    Provider.asked.clear()
    yield address
    server.shutdown()
    server.server_close()
    thread.join()


def _come_back(client: Client, provider: str) -> Any:
    """Walk to the provider and back, as a browser does."""
    door = client.get(reverse("account_login")).content.decode()
    assert ("บัญชีภาครัฐ" in door, "/accounts/oidc/dga/login/" in door) == (True, True)
    away = client.post("/accounts/oidc/dga/login/?process=login")
    assert (away.status_code, away.templates[0].name) == (200, "accounts/away.html")
    address = away.context["address"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{provider}/authorize?")
    assert (asked["response_type"], asked["code_challenge_method"], "state" in asked) == (
        "code",
        "S256",
        True,
    )
    return client.get("/accounts/oidc/dga/login/callback/", {"code": "one-time", "state": asked["state"]})


ANSWERS = {"email": "malee@doikham.example", "given_th": "มาลี", "family_th": "ใจงาม", "terms": "on"}


def test_provider_when_somebody_is_new_asks_for_consent(client: Client, cast: Cast, provider: str) -> None:
    back = _come_back(client, provider)
    assert back.url == reverse("socialaccount_signup")
    form = client.get(back.url).content.decode()
    assert ('value="malee@doikham.example"' in form, 'value="มาลี"' in form, 'value="ใจงาม"' in form) == (
        True,
    ) * 3
    refused = client.post(back.url, {**ANSWERS, "terms": ""})
    assert (refused.status_code, list(refused.context["form"].errors)) == (200, ["terms"])
    client.post(back.url, {**ANSWERS, "unit": "รพ.ดอยคำ"})
    person = Person.objects.get(email="malee@doikham.example")
    assert (client.session["_auth_user_id"], person.has_usable_password()) == (str(person.pk), False)
    assert (person.consents.get().kind, person.appointments.get().unit) == ("terms", cast.hospital)
    assert (SocialAccount.objects.get().uid, SocialToken.objects.count()) == ("3100500123456", 0)
    assert "code_verifier" in Provider.asked[0]
    client.logout()
    again = _come_back(client, provider)
    assert (again.url, client.session["_auth_user_id"]) == ("/", str(person.pk))


def test_provider_when_joining_is_by_invitation(
    client: Client, cast: Cast, provider: str, settings: Any
) -> None:
    settings.JOINING = "invitation"
    closed = _come_back(client, provider)
    assert (closed.status_code, Person.objects.filter(email=ANSWERS["email"]).count()) == (200, 0)
    client.get(actions.invite(by=cast.fa).get_absolute_url())
    back = _come_back(client, provider)
    client.post(back.url, ANSWERS)
    assert Person.objects.filter(email=ANSWERS["email"]).count() == 1


def test_provider_when_state_was_forged(client: Client, db: None, provider: str) -> None:
    answer = client.get("/accounts/oidc/dga/login/callback/", {"code": "one-time", "state": "made-up"})
    assert (answer.status_code, "_auth_user_id" in client.session, Person.objects.count()) == (401, False, 0)
