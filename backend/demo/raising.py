"""Chapter: a campaign is written, approved, wished for, opened, and subscribed to the last share.

Marta writes, Paolo approves, some leave an interest without an account; when it opens they turn it
into pledges, others join, and the last in line gets a place that somebody gives back.
"""

import datetime as dt
from typing import Any

from backend.core.cast import MANAGER, SECOND_MANAGER
from backend.demo import sheets, talking
from backend.demo.client import Client, Refusal, side_by_side
from backend.demo.offers import FIRST, SHARE, Offer, draft
from backend.demo.people import PLATFORM, Backer, backers
from backend.demo.stage import Stage, money
from backend.demo.steps import Narrator

INTERESTS_ON = dt.date(2026, 1, 14)
JOINING_ON = dt.date(2026, 2, 4)
INTERESTED = 12
# Ten orders sum to 600 shares; two rounds of them to the whole offer of 1,200.
SHARES = (80, 164, 8, 16, 20, 32, 48, 72, 120, 40)
IN_TIME = 20
LEI = "SYNTHETICMATTONE0067"
"""Right in its check digits, and of no registered body."""
GIVES_BACK = 12
SHEET_READ = 1
"""No sheet of the story changes before people order by it."""
ABOUT_ME = {
    "experience": "never", "young": "no", "securities": "some", "crowdfunding": "never",
    "goal": "impact", "horizon": "long", "reserve": "yes", "income": "yes",
}  # fmt: skip
RIGHT = ABOUT_ME | {"loss": "all", "sale": "no", "guarantee": "no", "return": "no"}
HASTY = ABOUT_ME | {"loss": "some", "sale": "platform", "guarantee": "yes", "return": "no"}

Ids = dict[str, Any]


def tell(narrator: Narrator, stage: Stage) -> Ids:
    """Raise the whole sum as pledges; the pledges by the backers' numbers come back."""
    narrator.once("draft", "Marta writes the campaign", lambda: write(stage, FIRST))
    narrator.once("publish", "Paolo approves its publication", lambda: publish(stage, FIRST))
    tokens: Ids = narrator.once(
        "interests",
        f"{INTERESTED} people leave an interest, without an account",
        lambda: leave_interests(stage, FIRST, INTERESTS_ON, backers()[:INTERESTED]),
    )
    investors: Ids = narrator.once(
        "investors",
        f"{len(backers())} investors introduce themselves, take the test, see what they could lose",
        lambda: introduce(stage, backers()),
    )
    narrator.once("open", "The campaign opens", lambda: open_offer(stage, FIRST))
    early: Ids = narrator.once(
        "converted",
        "Interests become pledges",
        lambda: _convert(stage, investors, tokens),
    )
    late: Ids = narrator.once(
        "pledged", "Others join, one waits in line", lambda: _join(stage, investors)
    )
    pledges = early | late
    narrator.once(
        "identified",
        "The platform tells whose identity it checked",
        lambda: identify(stage, investors),
    )
    narrator.once(
        "revoked",
        "One changes her mind within the days of reflection, the one in line moves up",
        lambda: _give_back(stage, pledges),
    )
    return pledges


def shares_of(backer: Backer) -> int:
    """How many shares this one wants; who waits in line wants as many as are given back."""
    if backer.number == IN_TIME:
        return SHARES[GIVES_BACK % len(SHARES)]
    return SHARES[backer.number % len(SHARES)]


def pays_by_card(number: int) -> bool:
    """About half of the money comes by card."""
    return number % 2 == 0


def write(stage: Stage, offer: Offer) -> bool:
    """Draft the campaign and its information sheet, unless that was done before the story was cut off."""
    marta, path = stage.cast(MANAGER), f"/api/v1/campaigns/{offer.slug}/sheet/"
    try:
        marta.post("/api/v1/campaigns/", draft(offer))
    except Refusal as refusal:
        if refusal.code != "campaign.address_taken":
            raise
    if marta.get(f"{path}draft/")["lacks"]:
        marta.patch(f"{path}draft/", sheets.writing(offer))
        for person in sheets.RESPONSIBLE:
            told = {"name": person["name"], "evidence": "firma su carta, fascicolo 1 (sintetico)"}
            marta.post(f"{path}declaration/", told)
    return True


def publish(stage: Stage, offer: Offer) -> bool:
    """Hand the draft in and have the second manager approve it; note what the platform tells of it."""
    _move(stage, offer, "in_review")
    stage.approve_all(SECOND_MANAGER)
    _mirror_platform(stage, offer)
    talking.introduce(stage, offer)
    return True


def _mirror_platform(stage: Stage, offer: Offer) -> None:
    """The identifier of the offer (LEI and number), and what the platform found about its owner."""
    marta, path = stage.cast(MANAGER), f"/api/v1/campaigns/{offer.slug}"
    today = stage.today().isoformat()
    check = {
        "checked_by": PLATFORM,
        "checked_on": today,
        "evidence": "casellario, visura, statuto (sintetici)",
        "is_consumer": False,
        "has_clean_record": True,
        "is_in_listed_country": False,
        "exit_years": 3,
        "publishes_agreements": True,
    }
    marta.post(f"{path}/owner-checks/", check, key=f"demo:owner:{offer.slug}")
    if offer.regime == "ecspr":
        filed = {"offer_identifier": f"{LEI}{offer.number:08d}", "sheet_sent_on": today}
        marta.patch(f"{path}/filings/", filed)


def open_offer(stage: Stage, offer: Offer) -> bool:
    """Ask to open on the day, and have the second manager approve it."""
    stage.go_to(offer.opens_on)
    _move(stage, offer, "open")
    stage.approve_all(SECOND_MANAGER)
    stage.settle()
    return True


def end_offer(stage: Stage, offer: Offer) -> None:
    """Take no more orders and close: as a success or as a failure, whichever the money says."""
    marta, path = stage.cast(MANAGER), f"/api/v1/campaigns/{offer.slug}/"
    if marta.get(path)["state"] == "open":
        marta.post(f"{path}moves/", {"to": "collecting"})
    if marta.get(path)["state"] == "collecting":
        marta.post(f"{path}close/")
    stage.settle()


def leave_interests(stage: Stage, offer: Offer, day: dt.date, people: list[Backer]) -> Ids:
    """Leave interests as visitors do; the tokens that the mails bring come back by number."""
    stage.go_to(day)

    def leave(backer: Backer) -> str:
        told = {
            "email": backer.email,
            "name": backer.name,
            "amount": money(shares_of(backer) * SHARE),
            "language": "it",
        }
        path = f"/api/v1/campaigns/{offer.slug}/interests/"
        try:
            return str(stage.visitor().post(path, told)["token"])
        except Refusal as refusal:
            if refusal.code != "interest.expressed_already":
                raise
            return ""

    tokens = side_by_side(leave, people)
    return {str(each.number): token for each, token in zip(people, tokens, strict=True)}


def introduce(stage: Stage, people: list[Backer]) -> Ids:
    """Register investors with test and simulation; their ids come back by number."""
    ids = side_by_side(lambda backer: _introduce(stage.client(backer.email), backer), people)
    return {str(each.number): pk for each, pk in zip(people, ids, strict=True)}


def identify(stage: Stage, investors: Ids) -> bool:
    """Write down that the platform checked who the investors are; without it nothing is allotted."""
    manager, today = stage.cast(MANAGER), stage.today()
    finding = {
        "checked_by": PLATFORM,
        "checked_on": today.isoformat(),
        "valid_until": today.replace(year=today.year + 3, day=1).isoformat(),
    }
    side_by_side(
        lambda pk: manager.post(f"/api/v1/investors/{pk}/identity-checks/", finding),
        list(investors.values()),
    )
    return True


def pledge(stage: Stage, offer: Offer, backer: Backer, order: dict[str, Any]) -> dict[str, Any]:
    """Place a pledge by API; with the same key again it is the same pledge. What one must know to
    pay it comes back."""
    told = {"acknowledged": True, "sheet_version": SHEET_READ} | order
    placed = _placed(
        stage.client(backer.email), offer.slug, told, f"demo:{offer.slug}:{backer.number}"
    )
    return {
        "id": placed["id"],
        "investor": placed["investor"],
        "amount": placed["amount"]["amount"],
        **placed["transfer"],
    }


def _placed(client: Client, slug: str, told: dict[str, Any], key: str) -> Any:
    """Order; where the amount calls for a warning, read it and order again."""
    path = f"/api/v1/campaigns/{slug}/pledges/"
    try:
        return client.post(path, told, key=key)
    except Refusal as refusal:
        if refusal.code == "idempotency.key_reused":  # ordered before the story was cut off
            return client.get(f"/api/v1/pledges/?campaign={slug}")["results"][0]
        if refusal.code != "pledge.warnings_unread":
            raise
        return client.post(path, told | {"warnings_read": refusal.facts["now"]}, key=key)


def _introduce(client: Client, backer: Backer) -> int:
    pk = _register(client, backer)
    path = f"/api/v1/investors/{pk}"
    # Some answer in a hurry and fail; that warns them and does not shut them out.
    answers = HASTY if backer.number % 15 == 7 else RIGHT
    client.post(f"{path}/knowledge-test/", {"answers": answers})
    client.post(
        f"{path}/loss-simulation/",
        {
            "labour": money(24_000_00 + 350_00 * (backer.number % 40)),
            "accounts": money(12_000_00 + 900_00 * (backer.number % 25)),
            "housing": money(6_000_00),
        },
    )
    return pk


def _register(client: Client, backer: Backer) -> int:
    profile = {
        "kind": "person",
        "name": backer.name,
        "tax_code": backer.tax_code,
        "email": backer.email,
        "iban": backer.iban,
        "synthetic": True,
    }
    try:
        return int(client.post("/api/v1/investors/", profile)["id"])
    except Refusal as refusal:
        if refusal.code != "investor.known_already":
            raise
    return int(client.get("/api/v1/me/")["investors"][0]["id"])


def _convert(stage: Stage, investors: Ids, tokens: Ids) -> Ids:
    def convert(backer: Backer) -> dict[str, Any]:
        number = str(backer.number)
        order = {"investor": investors[number], "shares": shares_of(backer)}
        if tokens[number]:
            order["interest_token"] = tokens[number]
        return pledge(stage, FIRST, backer, order)

    people = backers()[:INTERESTED]
    return _numbered(people, side_by_side(convert, people))


def _join(stage: Stage, investors: Ids) -> Ids:
    stage.go_to(JOINING_ON)

    def join(backer: Backer) -> dict[str, Any]:
        order = {"investor": investors[str(backer.number)], "shares": shares_of(backer)}
        return pledge(stage, FIRST, backer, order)

    people = backers()[INTERESTED:IN_TIME]
    placed = _numbered(people, side_by_side(join, people))
    last = backers()[IN_TIME:]
    return placed | _numbered(last, [join(backer) for backer in last])


def _give_back(stage: Stage, pledges: Ids) -> bool:
    backer = backers()[GIVES_BACK]
    client = stage.client(backer.email)
    path = f"/api/v1/pledges/{pledges[str(GIVES_BACK)]['id']}/"
    if client.get(path)["state"] == "placed":
        client.post(f"{path}revoke/")
    stage.settle()
    return True


def _move(stage: Stage, offer: Offer, to: str) -> None:
    """Ask for a move, unless it was asked for, or made, before the story was cut off."""
    try:
        stage.cast(MANAGER).post(f"/api/v1/campaigns/{offer.slug}/moves/", {"to": to})
    except Refusal as refusal:
        if refusal.status != 409:
            raise


def _numbered(people: list[Backer], found: list[dict[str, Any]]) -> Ids:
    return {str(each.number): one for each, one in zip(people, found, strict=True)}
