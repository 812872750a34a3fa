"""Who am I, and for whom do I act: profiles, who may act for them, identity as it was checked."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import clock
from backend.core.api import Endpoint, each
from backend.core.filters import Filters
from backend.core.models import User
from investors import identification, onboarding, reads, representations
from investors.api import shapes
from investors.models import Investor, Representation


class Me(Endpoint):
    """The user, and the investors for whom they act."""

    permission = ""

    @extend_schema(responses=shapes.MeSerializer)
    def get(self, request: Request) -> Response:
        return Response(shapes.MeSerializer(self.person).data)


FILTERS = Filters(
    choices=(("kind", Investor.Kind.values),),
    days=("registered_at",),
    order=("id", "registered_at"),
)


class InvestorList(Endpoint):
    permission = ""

    @extend_schema(parameters=FILTERS.parameters, responses=shapes.InvestorSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The investors one may see."""
        rows = Investor.objects.visible_to(self.person).order_by("id")
        return self.paged(FILTERS.narrow(rows, request), self._shown)

    def _shown(self, page: list[Investor]) -> Any:
        """The investors of a page; that staff were shown them is written down."""
        reads.note(investors=page, place="api", by=self.person, at=clock.now())
        return each(shapes.InvestorSerializer)(page)

    @extend_schema(request=shapes.ProfileInput, responses={201: shapes.InvestorSerializer})
    def post(self, request: Request) -> Response:
        """Register an investor for whom one acts; a tax code stands once."""
        told = self.read(shapes.ProfileInput)
        told["is_synthetic"] = told.pop("synthetic")
        told.setdefault("email", self.person.email)
        told.setdefault("language", self.person.language)
        investor = onboarding.register(
            profile=onboarding.Profile(**told), user=self.person, by=self.person, at=clock.now()
        )
        return Response(shapes.InvestorSerializer(investor).data, status=201)


class InvestorDetail(Endpoint):
    permission = ""

    @extend_schema(responses=shapes.InvestorSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """One investor; that staff were shown it is written down."""
        return Response(shapes.InvestorSerializer(shown(self.person, pk)).data)

    @extend_schema(request=shapes.InvestorChangeInput, responses=shapes.InvestorSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        """Change the IBAN to which money is returned, or how the public sees the investor."""
        investor, told, at = (
            own(self.person, pk),
            self.read(shapes.InvestorChangeInput),
            clock.now(),
        )
        if "iban" in told:
            onboarding.change_iban(investor=investor, iban=told["iban"], by=self.person, at=at)
        if "shown_as" in told:
            onboarding.show_as(investor=investor, choice=told["shown_as"], by=self.person, at=at)
        return Response(shapes.InvestorSerializer(investor).data)


class Representations(Endpoint):
    """Who acts for an investor."""

    permission = ""

    @extend_schema(responses=shapes.RepresentationSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Everyone who acts or acted for an investor one may see."""
        found = shown(self.person, pk, place="representations")
        held = found.representations.select_related("user").order_by("since", "id")
        return self.paged(held, each(shapes.RepresentationSerializer))

    @extend_schema(request=shapes.MandateInput, responses={201: shapes.RepresentationSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Let another user act for the investor, by which paper and until when."""
        mandate = representations.Mandate(**self.read(shapes.MandateInput))
        named = representations.name(
            investor=seen(self.person, pk), mandate=mandate, by=self.person, at=clock.now()
        )
        return Response(shapes.RepresentationSerializer(named).data, status=201)


class Reads(Endpoint):
    """Who was shown who an investor is."""

    permission = "investor.view"

    @extend_schema(responses=shapes.ReadSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """Every showing to others than those who act for it, the newest first."""
        return self.paged(reads.of(seen(self.person, pk)), each(shapes.ReadSerializer))


class EndRepresentation(Endpoint):
    """End a representation; what was done in its time stays readable."""

    permission = ""

    @extend_schema(request=None, responses={200: shapes.RepresentationSerializer})
    def post(self, request: Request, pk: int) -> Response:
        ended = representations.end(
            representation=representation(self.person, pk), by=self.person, at=clock.now()
        )
        return Response(shapes.RepresentationSerializer(ended).data)


class IdentityChecks(Endpoint):
    """Identity as it was checked (D.Lgs. 231/2007): mirrored, newest first."""

    def permission_for(self, request: Request) -> str | None:
        return "investor.check" if request.method == "POST" else ""

    @extend_schema(responses=shapes.IdentityCheckSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """The checks of an investor one may see."""
        found = shown(self.person, pk, place="identity checks")
        checks = found.identity_checks.order_by("-recorded_at", "-id")
        return self.paged(checks, each(shapes.IdentityCheckSerializer))

    @extend_schema(request=shapes.FindingInput, responses={201: shapes.IdentityCheckSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Write down what somebody who is bound to check found."""
        finding = identification.Finding(**self.read(shapes.FindingInput))
        check = identification.record(
            investor=seen(self.person, pk), finding=finding, by=self.person, at=clock.now()
        )
        return Response(shapes.IdentityCheckSerializer(check).data, status=201)


def own(user: User, pk: int) -> Investor:
    """An investor for whom the user acts; 404 for every other."""
    found: Investor = get_object_or_404(Investor.objects.acted_for_by(user), pk=pk)
    return found


def seen(user: User, pk: int) -> Investor:
    """An investor whom the user may see; 404 for every other."""
    found: Investor = get_object_or_404(Investor.objects.visible_to(user), pk=pk)
    return found


def shown(user: User, pk: int, *, place: str = "api") -> Investor:
    """The same for who is about to be shown it: of others than those one acts for it is written down."""
    found = seen(user, pk)
    reads.note(investors=[found], place=place, by=user, at=clock.now())
    return found


def representation(user: User, pk: int) -> Representation:
    """A representation of an investor whom the user may see."""
    rows = Representation.objects.select_related("investor", "user")
    return get_object_or_404(rows, pk=pk, investor__in=Investor.objects.visible_to(user))
