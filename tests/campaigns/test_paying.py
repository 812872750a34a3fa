"""Paying through the provider: the stand-in's page, the provider's own form, and what comes back."""

import re
from typing import Any

import pytest
from django.test import Client

from backend.core.models import User
from campaigns import stripe_gateway
from campaigns.models import PaymentIntent, Pledge
from tests.campaigns.provider import Provider
from tests.campaigns.scene import Scene

pytestmark = [pytest.mark.money, pytest.mark.ahead.with_args(Scene.open_campaign)]

KEY = "pk_test_mattone"
SCRIPT = re.compile(r'<script src="(https://js\.stripe\.com/[a-z]+/stripe\.js)"')


@pytest.fixture
def pledge(scene: Scene) -> Pledge:
    return scene.pledge(scene.open_campaign(), investor=scene.investor(scene.cast.investor))


@pytest.fixture
def with_form(settings: Any, provider: Provider) -> Provider:
    settings.STRIPE_PUBLISHABLE_KEY = KEY
    return provider


def browser(user: User, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


def opened(client: Client, pledge: Pledge, method: str = "card") -> Any:
    """The page where one pays, as it is shown after the button was pressed."""
    return client.post(f"/pledges/{pledge.pk}/pay/", {"method": method}, follow=True)


def policy(answer: Any) -> dict[str, str]:
    parts = answer["Content-Security-Policy"].split("; ")
    return dict(part.partition(" ")[::2] for part in parts)


class TestPay:
    def test_shows_the_providers_form_where_there_is_a_public_key(
        self, scene: Scene, with_form: Provider, pledge: Pledge
    ) -> None:
        page = opened(browser(scene.cast.investor), pledge)

        intent = PaymentIntent.objects.get()
        assert page.redirect_chain[-1][0] == f"/pledges/{pledge.pk}/pay/"
        assert f'data-secret="{intent.client_secret}"' in page.text
        assert f'data-key="{KEY}"' in page.text
        assert SCRIPT.search(page.text)
        assert "sk_test" not in page.text

    def test_gives_the_transfer_to_whom_the_form_does_not_open(
        self, scene: Scene, with_form: Provider, pledge: Pledge
    ) -> None:
        page = opened(browser(scene.cast.investor), pledge).text

        assert "If it does not, pay by bank transfer" in page
        assert pledge.reference in page

    @pytest.mark.parametrize(("language", "said"), [("it", "Paga"), ("en", "Pay")])
    def test_speaks_the_payers_language(
        self, scene: Scene, with_form: Provider, pledge: Pledge, language: str, said: str
    ) -> None:
        page = opened(browser(scene.cast.investor, language), pledge).text

        assert f'data-language="{language}"' in page
        assert said in page

    def test_leads_the_demo_to_the_stand_in(
        self, scene: Scene, provider: Provider, pledge: Pledge, settings: Any
    ) -> None:
        settings.DEMO = True

        sent = browser(scene.cast.investor).post(f"/pledges/{pledge.pk}/pay/")

        assert sent["Location"].startswith(f"{provider.url}/pay/pi_")

    def test_offers_no_card_that_could_not_be_paid_by(
        self, scene: Scene, provider: Provider, pledge: Pledge
    ) -> None:
        client = browser(scene.cast.investor)

        page = client.get(f"/pledges/{pledge.pk}/").text
        opened(client, pledge)

        assert 'value="card"' not in page
        assert 'value="customer_balance"' in page
        assert not PaymentIntent.objects.exists()

    def test_lets_the_browser_ask_the_provider_on_this_page_alone(
        self, scene: Scene, with_form: Provider, pledge: Pledge
    ) -> None:
        client = browser(scene.cast.investor)

        form, other = policy(opened(client, pledge)), policy(client.get(f"/pledges/{pledge.pk}/"))

        assert form["script-src"].startswith("'self' https://js.stripe.com")
        assert "https://hooks.stripe.com" in form["frame-src"]
        assert "https://api.stripe.com" in form["connect-src"]
        assert "unsafe" not in str(form)
        assert other["script-src"] == other["connect-src"] == "'self'"
        assert "frame-src" not in other

    def test_tells_the_secret_to_nobody_else(
        self, scene: Scene, with_form: Provider, pledge: Pledge
    ) -> None:
        opened(browser(scene.cast.investor), pledge)
        path = f"/pledges/{pledge.pk}/pay/"

        assert browser(scene.cast.other_investor).get(path).status_code == 404
        assert browser(scene.cast.owner).get(path).status_code == 403
        assert Client().get(path)["Location"].startswith("/login/")

    def test_leads_back_where_nothing_is_open(
        self, scene: Scene, with_form: Provider, pledge: Pledge
    ) -> None:
        answer = browser(scene.cast.investor).get(f"/pledges/{pledge.pk}/pay/")

        assert answer["Location"] == f"/pledges/{pledge.pk}/"


class TestPaid:
    """Where the provider sends the payer back to. What its address says is not believed."""

    LIE = {"redirect_status": "succeeded", "payment_intent_client_secret": "pi_1_secret_2"}

    def back(self, scene: Scene, pledge: Pledge) -> Any:
        client = browser(scene.cast.investor)
        return client.get(f"/pledges/{pledge.pk}/paid/", self.LIE, follow=True)

    def test_tells_what_arrived(self, scene: Scene, with_form: Provider, pledge: Pledge) -> None:
        opened(browser(scene.cast.investor), pledge)
        with_form.pay(PaymentIntent.objects.get())

        page = self.back(scene, pledge)

        assert page.redirect_chain[-1][0] == f"/pledges/{pledge.pk}/"
        assert "Your payment has arrived." in page.text
        assert pledge.payments.count() == 1

    def test_shows_the_form_again_after_a_refused_card(
        self, scene: Scene, with_form: Provider, pledge: Pledge
    ) -> None:
        opened(browser(scene.cast.investor), pledge)
        with_form.decline(PaymentIntent.objects.get())

        page = self.back(scene, pledge)

        assert page.redirect_chain[-1][0] == f"/pledges/{pledge.pk}/pay/"
        assert "The payment was not made, and nothing was taken from you." in page.text
        assert "arrived." not in page.text

    def test_waits_for_a_direct_debit(
        self, scene: Scene, with_form: Provider, pledge: Pledge
    ) -> None:
        opened(browser(scene.cast.investor), pledge, "sepa_debit")
        with_form.pay(PaymentIntent.objects.get())

        assert "Your direct debit is under way." in self.back(scene, pledge).text

    def test_promises_nothing_while_the_provider_is_silent(
        self, scene: Scene, with_form: Provider, pledge: Pledge
    ) -> None:
        opened(browser(scene.cast.investor), pledge)
        with_form.be_in_trouble(503)

        page = self.back(scene, pledge)

        assert "has not told us yet" in page.text
        assert not pledge.payments.exists()

    def test_is_nobody_elses(self, scene: Scene, with_form: Provider, pledge: Pledge) -> None:
        path = f"/pledges/{pledge.pk}/paid/"

        assert browser(scene.cast.other_investor).get(path).status_code == 404


class TestScript:
    def test_is_of_the_release_that_the_library_pins(self) -> None:
        release = stripe_gateway.PINNED_VERSION.partition(".")[2]

        assert stripe_gateway.form_script() == f"https://js.stripe.com/{release}/stripe.js"
