"""The part of Stripe's API that our gateway and its tests call, over real HTTP.

Each request is one transaction; a POST with a known Idempotency-Key gets the first answer again.
"""

import hashlib
import json
from collections.abc import Callable

from backend.simulators.server import Answer, Request, Routes, as_json
from backend.simulators.stripe import cash, payments, payouts, returns
from backend.simulators.stripe.account import Account
from backend.simulators.stripe.errors import StripeRefusal
from backend.simulators.stripe.parameters import expanded, listed, nested, span_of
from backend.simulators.stripe.shapes import Obj, fresh

Action = Callable[[Account, Request, Obj], Obj]

KINDS = {
    "payment_intents": "payment_intent",
    "charges": "charge",
    "refunds": "refund",
    "balance_transactions": "balance_transaction",
    "payouts": "payout",
    "disputes": "dispute",
    "events": "event",
    "customers": "customer",
}
# What a list may be asked without looking at each object: then a page costs the same however many are.
BY_TIME = frozenset({"limit", "starting_after", "created", "expand"})
FILTERS = ("payment_intent", "charge", "source", "type", "status", "currency")


def add_routes(routes: Routes, account: Account) -> None:
    """Add what is answered under /v1."""
    for method, pattern, action in TABLE:
        routes.add(method, f"/v1/{pattern}", _endpoint(account, action))
    for folder, kind in KINDS.items():
        routes.add("GET", f"/v1/{folder}", _endpoint(account, _list_of(kind)))
        routes.add("GET", f"/v1/{folder}/{{id}}", _endpoint(account, _one_of(kind)))


def _endpoint(account: Account, action: Action) -> Callable[[Request], Answer]:
    def answer(request: Request) -> Answer:
        if trouble := account.trouble.answer():
            return trouble
        with account.store.transaction():
            try:
                _authenticate(request)
                return _remembered(account, request, action)
            except StripeRefusal as refusal:
                return as_json({"error": refusal.error}, status=refusal.status)

    return answer


def _authenticate(request: Request) -> None:
    key = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not key.startswith(("sk_test_", "rk_test_")):
        message = "Invalid API Key provided. This stand-in takes test keys alone."
        raise StripeRefusal(401, message, code="api_key_invalid")


def _remembered(account: Account, request: Request, action: Action) -> Answer:
    key = request.headers.get("idempotency-key", "") if request.method == "POST" else ""
    if not key:
        return _act(account, request, action)
    print_of = _fingerprint(request)
    known = account.store.answer_of(key)
    if known is None:
        answer = _act(account, request, action)
        account.store.keep_answer(key, print_of, answer.status, answer.body)
        return answer
    if known[0] != print_of:
        message = f"Keys for idempotent requests can only be used with the same parameters ({key})."
        raise StripeRefusal(400, message, type="idempotency_error")
    return Answer(known[2], status=known[1], headers={"Idempotent-Replayed": "true"})


def _act(account: Account, request: Request, action: Action) -> Answer:
    params = nested(request.pairs())
    try:
        found = action(account, request, params)
    except StripeRefusal as refusal:
        # A declined card is a fact with events of its own: it stays, though the answer is a refusal.
        return as_json({"error": refusal.error}, status=refusal.status)
    return as_json(expanded(account.store, found, params.get("expand", [])))


def _fingerprint(request: Request) -> str:
    said = json.dumps([request.path, sorted(request.pairs())])
    return hashlib.sha256(said.encode()).hexdigest()


def _one_of(kind: str) -> Action:
    def action(account: Account, request: Request, params: Obj) -> Obj:
        return account.find(kind, request.parts["id"])

    return action


def _list_of(kind: str) -> Action:
    def action(account: Account, request: Request, params: Obj) -> Obj:
        if not params.keys() - BY_TIME:
            return _page(account, kind, params, request.path)
        found = account.store.of_kind(kind)
        for name in FILTERS:
            found = [v for v in found if name not in params or v.get(name) == params[name]]
        return listed(
            _of_payout(account, _told(account, found, params), params),
            params,
            request.path,
        )

    return action


def _page(account: Account, kind: str, params: Obj, url: str) -> Obj:
    size = min(100, int(params.get("limit", 10)))
    span = span_of(params.get("created", {}))
    found = account.store.page_of(kind, span, params.get("starting_after", ""), size + 1)
    return {"object": "list", "url": url, "has_more": len(found) > size, "data": found[:size]}


def _of_payout(account: Account, found: list[Obj], params: Obj) -> list[Obj]:
    if "payout" not in params:
        return found
    payout = account.find("payout", params["payout"])
    if payout["reconciliation_status"] != "completed":
        message = "Balance transaction history can only be filtered on completed payouts."
        raise StripeRefusal(400, message, param="payout")
    parts = account.store.parts_of(payout["id"])
    return [movement for movement in found if movement["id"] in parts]


def _told(account: Account, found: list[Obj], params: Obj) -> list[Obj]:
    types = params.get("types", [])
    if types:
        found = [event for event in found if event["type"] in types]
    if "delivery_success" not in params:
        return found
    wanted = params["delivery_success"] == "true"
    return [event for event in found if account.store.was_delivered(event["id"]) == wanted]


def _balance(account: Account, request: Request, params: Obj) -> Obj:
    moment = account.moment()
    sums = {"available": 0, "pending": 0}
    for movement in payouts.unpaid_movements(account):
        when = "available" if movement["available_on"] <= moment else "pending"
        sums[when] += movement["net"]
    lines = {
        name: [{"amount": cents, "currency": "eur", "source_types": {"card": cents}}]
        for name, cents in sums.items()
    }
    return fresh("balance", dict(lines))


def _refunds_of_charge(account: Account, request: Request, params: Obj) -> Obj:
    return _list_of("refund")(account, request, params | {"charge": request.parts["id"]})


TABLE: list[tuple[str, str, Action]] = [
    ("POST", "payment_intents", lambda a, r, p: payments.create_intent(a, p)),
    (
        "POST",
        "payment_intents/{id}",
        lambda a, r, p: payments.update_intent(a, r.parts["id"], p),
    ),
    (
        "POST",
        "payment_intents/{id}/confirm",
        lambda a, r, p: payments.confirm_intent(a, r.parts["id"], p),
    ),
    (
        "POST",
        "payment_intents/{id}/cancel",
        lambda a, r, p: payments.cancel_intent(a, r.parts["id"], p),
    ),
    ("GET", "charges/{id}/refunds", _refunds_of_charge),
    ("POST", "customers", lambda a, r, p: cash.create_customer(a, p)),
    (
        "GET",
        "customers/{customer}/cash_balance_transactions/{id}",
        lambda a, r, p: a.find("customer_cash_balance_transaction", r.parts["id"]),
    ),
    ("POST", "refunds", lambda a, r, p: returns.create_refund(a, p)),
    ("POST", "payouts", lambda a, r, p: payouts.create_payout(a, p)),
    ("GET", "balance", _balance),
]
