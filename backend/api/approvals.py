"""What waits for a second person: list it, approve it, refuse it."""

from collections.abc import Callable

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import approvals, clock
from backend.core.api import Endpoint, Input, each
from backend.core.models import Approval


class ApprovalSerializer(serializers.ModelSerializer[Approval]):
    class Meta:
        model = Approval
        fields = (
            "id",
            "action",
            "subject_kind",
            "subject_id",
            "subject_label",
            "note",
            "requested_at",
            "decision",
            "decided_at",
            "reason",
        )


class DecisionInput(Input):
    reason = serializers.CharField(required=False, allow_blank=True, max_length=1000)


class ApprovalList(Endpoint):
    """What waits for the decision of the person who asks."""

    permission = "approval.view"

    @extend_schema(responses=ApprovalSerializer(many=True))
    def get(self, request: Request) -> Response:
        return self.paged(
            approvals.pending_for(self.person, at=clock.now()), each(ApprovalSerializer)
        )


class ApprovalDecision(Endpoint):
    """Approve what another person asked for, and do what follows; a second decision is refused."""

    permission = "approval.view"
    decide: Callable[..., Approval] = staticmethod(approvals.approve)

    @extend_schema(request=DecisionInput, responses=ApprovalSerializer)
    def post(self, request: Request, pk: int) -> Response:
        reason = self.read(DecisionInput).get("reason", "")
        approval = approvals.visible(pk=pk, to=self.person)
        decided = self.decide(approval=approval, by=self.person, at=clock.now(), reason=reason)
        return Response(ApprovalSerializer(decided).data)


class ApprovalRefusal(ApprovalDecision):
    """Refuse what another person asked for; a second decision is refused."""

    decide = staticmethod(approvals.refuse)
