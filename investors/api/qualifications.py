"""Categories of investors: asked for by who acts, decided by staff who check investors."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import DayField, Endpoint, Input, MoneyField, each
from backend.core.models import User
from backend.core.money import ZERO
from investors import categories, qualifications
from investors.api.investors import own, seen, shown
from investors.api.shapes import QualificationSerializer
from investors.models import Investor, Qualification


class CountField(serializers.IntegerField):
    """How many: months, or trades of a quarter."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=100_000, **kwargs)


class RequestInput(Input):
    """A request; the criteria are those of a person or of a body, and what is left out is nothing."""

    kind = serializers.ChoiceField(choices=Qualification.Kind.choices)
    evidence = serializers.CharField(max_length=1000)
    income = MoneyField(required=False)
    portfolio = MoneyField(required=False)
    months_in_finance = CountField(default=0)
    months_as_executive = CountField(default=0)
    trades = serializers.ListField(child=CountField(), max_length=categories.QUARTERS, default=list)
    own_funds = MoneyField(required=False)
    turnover = MoneyField(required=False)
    balance_sheet = MoneyField(required=False)
    attests = serializers.BooleanField(default=False)
    gives_up_protection = serializers.BooleanField(default=False)
    is_liable = serializers.BooleanField(default=False)


class RulingInput(Input):
    is_granted = serializers.BooleanField()
    reason = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")
    valid_until = DayField(required=False, allow_null=True, default=None)


class CategoryEndInput(Input):
    reason = serializers.CharField(max_length=1000)


class Qualifications(Endpoint):
    permission = ""

    @extend_schema(responses=QualificationSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """What an investor asked to count as, and how it was decided, newest first."""
        found = shown(self.person, pk, place="categories")
        asked = found.qualifications.order_by("-asked_at", "-id")
        return self.paged(asked, each(QualificationSerializer))

    @extend_schema(request=RequestInput, responses={201: QualificationSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Ask to count as sophisticated, or to have a status recognised, with evidence."""
        investor, told = _may_ask(self.person, pk), self.read(RequestInput)
        asked = qualifications.ask(
            investor=investor, request=_request(investor, told), by=self.person, at=clock.now()
        )
        return Response(QualificationSerializer(asked).data, status=201)


class Decide(Endpoint):
    """Grant or refuse a request; the investor is told."""

    permission = "investor.check"

    @extend_schema(request=RulingInput, responses={200: QualificationSerializer})
    def post(self, request: Request, pk: int) -> Response:
        decided = qualifications.decide(
            qualification=visible(self.person, pk),
            decision=qualifications.Decision(**self.read(RulingInput)),
            by=self.person,
            at=clock.now(),
        )
        return Response(QualificationSerializer(decided).data)


class End(Endpoint):
    """Say that what a category stood on has changed: the investor is protected again."""

    permission = ""

    @extend_schema(request=CategoryEndInput, responses={200: QualificationSerializer})
    def post(self, request: Request, pk: int) -> Response:
        ended = qualifications.end(
            qualification=visible(self.person, pk, permission="investor.check"),
            reason=self.read(CategoryEndInput)["reason"],
            by=self.person,
            at=clock.now(),
        )
        return Response(QualificationSerializer(ended).data)


class Withdraw(Endpoint):
    """Take a request back before it is decided."""

    permission = ""

    @extend_schema(request=None, responses={200: QualificationSerializer})
    def post(self, request: Request, pk: int) -> Response:
        mine = Investor.objects.acted_for_by(self.person)
        rows = Qualification.objects.select_related("investor")
        asked = get_object_or_404(rows, pk=pk, investor__in=mine)
        taken_back = qualifications.withdraw(qualification=asked, by=self.person, at=clock.now())
        return Response(QualificationSerializer(taken_back).data)


def visible(user: User, pk: int, *, permission: str = "") -> Qualification:
    """A qualification of an investor one acts for, or, with the permission, whom one sees."""
    is_staff = not permission or user.may(permission)
    investors = Investor.objects
    mine = investors.visible_to(user) if is_staff else investors.acted_for_by(user)
    rows = Qualification.objects.select_related("investor")
    return get_object_or_404(rows, pk=pk, investor__in=mine)


def _may_ask(user: User, pk: int) -> Investor:
    """Staff who check investors may write down a status for those they see."""
    return seen(user, pk) if user.may("investor.check") else own(user, pk)


def _request(investor: Investor, told: dict[str, Any]) -> qualifications.Request:
    claim: categories.Claim | None = None
    if told["kind"] == Qualification.Kind.SOPHISTICATED:
        claim = _claim(investor, told)
    return qualifications.Request(
        kind=told["kind"],
        evidence=told["evidence"],
        claim=claim,
        attests=told["attests"],
        gives_up_protection=told["gives_up_protection"],
        is_liable=told["is_liable"],
    )


def _claim(investor: Investor, told: dict[str, Any]) -> categories.Claim:
    if investor.kind == Investor.Kind.PERSON:
        return categories.PersonClaim(
            income=told.get("income", ZERO),
            portfolio=told.get("portfolio", ZERO),
            months_in_finance=told["months_in_finance"],
            months_as_executive=told["months_as_executive"],
            trades=tuple(told["trades"]),
        )
    return categories.EntityClaim(
        own_funds=told.get("own_funds", ZERO),
        turnover=told.get("turnover", ZERO),
        balance_sheet=told.get("balance_sheet", ZERO),
    )
