"""The page where a visitor of the demo types nothing and pays with a test card, in both languages.

It stands for the provider's own payment form; afterwards the browser is sent back to `return_url`.
"""

from html import escape
from urllib.parse import urlencode, urlsplit

from backend.simulators.server import Answer, Request, Routes
from backend.simulators.stripe.account import Account
from backend.simulators.stripe.errors import StripeRefusal
from backend.simulators.stripe.parameters import nested
from backend.simulators.stripe.payments import PAYABLE, confirm_intent
from backend.simulators.stripe.shapes import Obj

WORDS = {
    "it": {
        "title": "Pagamento di prova",
        "note": "Pagina dimostrativa al posto di quella del gestore dei pagamenti. "
        "Nessun denaro si muove, nessun dato di carta viene chiesto.",
        "amount": "Da pagare",
        "pay": "Paga con la carta di prova",
        "decline": "Prova una carta che verrà rifiutata",
        "declined": "La carta è stata rifiutata. Puoi riprovare con un'altra.",
        "done": "Questo pagamento è già stato fatto.",
        "back": "Torna al sito",
    },
    "en": {
        "title": "Test payment",
        "note": "A demonstration page in place of the payment provider's own. "
        "No money moves, no card details are asked.",
        "amount": "To pay",
        "pay": "Pay with the test card",
        "decline": "Try a card that will be declined",
        "declined": "The card was declined. You can try another one.",
        "done": "This payment has been made already.",
        "back": "Back to the site",
    },
}

PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body {{ font: 1.05rem/1.5 system-ui, sans-serif; max-width: 26rem; margin: 3rem auto; padding: 0 1rem;
  color: #2b2622; background: #faf7f2 }}
h1 {{ font-size: 1.5rem }} .note {{ border-left: .25rem solid #a3402a; padding-left: .75rem }}
.sum {{ font-size: 2rem; font-variant-numeric: tabular-nums }}
button {{ font: inherit; width: 100%; padding: .8rem; margin: .4rem 0; border-radius: .4rem;
  border: 1px solid #a3402a; background: #fff; color: #a3402a; cursor: pointer }}
button.main {{ background: #a3402a; color: #fff }}
</style></head><body><main>
<h1>{title}</h1><p class="note">{note}</p><p>{amount}<br><span class="sum">{sum}</span></p>
{body}
</main></body></html>
"""


def add_routes(routes: Routes, account: Account) -> None:
    """Add the page and its form."""
    routes.add("GET", "/pay/{id}", lambda request: _show(account, request, ""))
    routes.add("POST", "/pay/{id}", lambda request: _pay(account, request))


def _show(account: Account, request: Request, trouble: str) -> Answer:
    params = nested(request.pairs())
    try:
        intent = account.find("payment_intent", request.parts["id"])
    except StripeRefusal as refusal:
        return Answer(escape(str(refusal)).encode(), status=404, content_type="text/html")
    return Answer(_page(intent, params, trouble).encode(), content_type="text/html; charset=utf-8")


def _page(intent: Obj, params: Obj, trouble: str) -> str:
    lang = "en" if params.get("lang") == "en" else "it"
    words = WORDS[lang]
    payable = intent["status"] in PAYABLE
    body = _form(words, trouble) if payable else _done(words, params)
    return PAGE.format(lang=lang, sum=_euros(intent["amount"], lang), body=body, **_labels(words))


def _labels(words: dict[str, str]) -> dict[str, str]:
    return {name: words[name] for name in ("title", "note", "amount")}


def _form(words: dict[str, str], trouble: str) -> str:
    told = f'<p role="alert"><strong>{words[trouble]}</strong></p>' if trouble else ""
    return (
        f'{told}<form method="post">'
        f'<button class="main" name="card" value="pm_card_visa">{words["pay"]}</button>'
        f'<button name="card" value="pm_card_chargeDeclined">{words["decline"]}</button></form>'
    )


def _done(words: dict[str, str], params: Obj) -> str:
    link = escape(_safe(params.get("return_url", "")), quote=True)
    return f'<p>{words["done"]}</p><p><a href="{link}">{words["back"]}</a></p>'


def _pay(account: Account, request: Request) -> Answer:
    params = nested(request.pairs())
    try:
        with account.store.transaction():
            intent = _confirm(account, request.parts["id"], params.get("card", "pm_card_visa"))
    except StripeRefusal:
        return _show(account, request, "")
    if intent is None:
        return _show(account, request, "declined")
    told = {"payment_intent": intent["id"], "redirect_status": "succeeded"}
    back = _safe(params.get("return_url", ""))
    to = f"{back}{'&' if '?' in back else '?'}{urlencode(told)}"
    return Answer(b"", status=303, headers={"Location": to})


def _confirm(account: Account, identity: str, card: str) -> Obj | None:
    """The paid intent, or None where the card was declined (a fact that is kept)."""
    try:
        return confirm_intent(account, identity, {"payment_method": card})
    except StripeRefusal as refusal:
        if refusal.status != 402:
            raise
        return None


def _safe(url: str) -> str:
    """Only web addresses are followed: what comes in the query may be anybody's."""
    clean = url.replace("\r", "").replace("\n", "")
    return clean if urlsplit(clean).scheme in {"http", "https"} else "/"


def _euros(cents: int, lang: str) -> str:
    text = f"{cents / 100:,.2f}"
    if lang == "it":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"€ {text}"
