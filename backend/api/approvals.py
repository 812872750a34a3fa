"""What waits for a second person: list it, approve it, refuse it."""

from collections.abc import Callable

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core import approvals, clock
from backend.core.api import Endpoint
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


class DecisionSerializer(serializers.Serializer[Approval]):
    reason = serializers.CharField(required=False, allow_blank=True, max_length=1000)


class ApprovalList(Endpoint):
    """What waits for the decision of the person who asks."""

    permission = "approval.decide"

    @extend_schema(responses=ApprovalSerializer(many=True))
    def get(self, request: Request) -> Response:
        waiting = approvals.pending_for(self.person)
        return Response(ApprovalSerializer(waiting, many=True).data)


class ApprovalDecision(Endpoint):
    """Approve or refuse; never what one asked for oneself."""

    permission = "approval.decide"
    decide: Callable[..., Approval] = staticmethod(approvals.approve)

    @extend_schema(request=DecisionSerializer, responses=ApprovalSerializer)
    def post(self, request: Request, pk: int) -> Response:
        asked = DecisionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        approval = approvals.visible(pk=pk, to=self.person)
        reason = asked.validated_data.get("reason", "")
        decided = self.decide(approval=approval, by=self.person, at=clock.now(), reason=reason)
        return Response(ApprovalSerializer(decided).data)


class ApprovalRefusal(ApprovalDecision):
    decide = staticmethod(approvals.refuse)
