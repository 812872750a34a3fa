"""What an offer shows beside its terms: papers, team, news, questions. Read by all, written by staff."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts import pace
from backend.core import clock
from backend.core.api import Endpoint, Input, each
from campaigns import documents, news, questions, story, team
from campaigns.api.campaigns import of_staff
from campaigns.api.shapes import DocumentSerializer
from campaigns.models import (
    Campaign,
    CampaignDocument,
    Question,
    StoryPart,
    TeamMember,
    Update,
)

Audience = Update.Audience


class DocumentFileInput(Input):
    kind = serializers.ChoiceField(choices=CampaignDocument.Kind.choices)
    title = serializers.CharField(max_length=200)
    language = serializers.RegexField(r"^[a-z]{2,3}$", max_length=5)
    file = serializers.FileField(allow_empty_file=True)


class MemberSerializer(serializers.ModelSerializer[TeamMember]):
    role = serializers.CharField(read_only=True)
    about = serializers.CharField(read_only=True)

    class Meta:
        model = TeamMember
        fields = ("name", "role", "about", "role_it", "role_en", "about_it", "about_en")


class MemberInput(Input):
    name = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    role_it = serializers.CharField(max_length=200)
    role_en = serializers.CharField(max_length=200)
    about_it = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    about_en = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class TeamInput(Input):
    members = MemberInput(many=True)


class StoryPartSerializer(serializers.ModelSerializer[StoryPart]):
    heading = serializers.CharField(read_only=True)
    text = serializers.CharField(read_only=True)

    class Meta:
        model = StoryPart
        fields = ("heading", "text", "heading_it", "heading_en", "text_it", "text_en")


class StoryPartInput(Input):
    heading_it = serializers.CharField(max_length=story.LONGEST_HEADING)
    heading_en = serializers.CharField(max_length=story.LONGEST_HEADING)
    text_it = serializers.CharField(max_length=story.LONGEST_TEXT)
    text_en = serializers.CharField(max_length=story.LONGEST_TEXT)


class StoryInput(Input):
    parts = StoryPartInput(many=True)


class UpdateSerializer(serializers.ModelSerializer[Update]):
    title = serializers.CharField()
    body = serializers.CharField()

    class Meta:
        model = Update
        fields = ("id", "audience", "title", "body", "published_at")


class NewsInput(Input):
    title_it = serializers.CharField(max_length=200)
    title_en = serializers.CharField(max_length=200)
    body_it = serializers.CharField(max_length=8000)
    body_en = serializers.CharField(max_length=8000)
    audience = serializers.ChoiceField(choices=Audience.choices, default=Audience.ALL)


class AskedQuestionSerializer(serializers.ModelSerializer[Question]):
    """A question as the public reads it: who asked is not part of it."""

    class Meta:
        model = Question
        fields = ("id", "text", "language", "asked_at", "answer", "answered_at")


class StaffQuestionSerializer(serializers.ModelSerializer[Question]):
    class Meta:
        model = Question
        fields = (
            "id", "state", "text", "language", "email", "asked_at", "answer", "answered_at",
        )  # fmt: skip


class AskInput(Input):
    text = serializers.CharField(max_length=questions.LONGEST)
    email = serializers.EmailField(required=False, allow_blank=True, default="")
    language = serializers.ChoiceField(choices=("it", "en"), default="it")


class QuestionAnswerInput(Input):
    answer = serializers.CharField(max_length=questions.LONGEST)


class ReasonInput(Input):
    reason = serializers.CharField(max_length=1000)


class Documents(Endpoint):
    permission = "campaign.edit"
    parser_classes = (MultiPartParser,)  # type: ignore[assignment]  # a file, where others take JSON

    @extend_schema(
        request={"multipart/form-data": DocumentFileInput}, responses={201: DocumentSerializer}
    )
    def post(self, request: Request, slug: str) -> Response:
        """Publish a paper. Safe to repeat: the same content is the document that is there."""
        asked = self.read(DocumentFileInput)
        raw = asked.pop("file").read(documents.MAX_BYTES + 1)
        document = documents.upload(
            campaign=of_staff(self, slug),
            file=documents.Upload(**asked, raw=raw),
            by=self.person,
            at=clock.now(),
        )
        return Response(DocumentSerializer(document).data, status=201)


class Team(Endpoint):
    def permission_for(self, request: Request) -> str | None:
        return None if request.method == "GET" else "campaign.edit"

    @extend_schema(responses=MemberSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """Who stands behind the offer."""
        return self.paged(_visible(request, slug).team.all(), each(MemberSerializer))

    @extend_schema(request=TeamInput, responses=MemberSerializer(many=True))
    def put(self, request: Request, slug: str) -> Response:
        """Set who stands behind the offer, in this order."""
        campaign, asked = of_staff(self, slug), self.read(TeamInput)
        members = [team.Member(**member) for member in asked["members"]]
        team.gather(campaign=campaign, members=members, by=self.person, at=clock.now())
        return Response([MemberSerializer(member).data for member in campaign.team.all()])


class Story(Endpoint):
    def permission_for(self, request: Request) -> str | None:
        return None if request.method == "GET" else "campaign.edit"

    @extend_schema(responses=StoryPartSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The story of the offer, part by part."""
        return self.paged(_visible(request, slug).story.all(), each(StoryPartSerializer))

    @extend_schema(request=StoryInput, responses=StoryPartSerializer(many=True))
    def put(self, request: Request, slug: str) -> Response:
        """Set the story, in this order; an empty list takes it away."""
        campaign, asked = of_staff(self, slug), self.read(StoryInput)
        parts = [story.Part(**part) for part in asked["parts"]]
        story.tell(campaign=campaign, parts=parts, by=self.person, at=clock.now())
        return Response([StoryPartSerializer(part).data for part in campaign.story.all()])


class Updates(Endpoint):
    def permission_for(self, request: Request) -> str | None:
        return "campaign.edit" if request.method == "POST" else None

    @extend_schema(responses=UpdateSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """The news of a campaign that one may read, the newest first."""
        found = news.visible_to(_visible(request, slug), request.user)
        return self.paged(found, each(UpdateSerializer))

    @extend_schema(request=NewsInput, responses={201: UpdateSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """Tell news to everyone, or to the investors of the campaign; they get a mail."""
        told = news.News(**self.read(NewsInput))
        campaign, at = of_staff(self, slug), clock.now()
        update = news.publish(campaign=campaign, news=told, by=self.person, at=at)
        return Response(UpdateSerializer(update).data, status=201)


class Questions(Endpoint):
    permission = None

    @extend_schema(responses=AskedQuestionSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """Questions with their answers; who asked is told to nobody."""
        return self.paged(
            questions.published(_visible(request, slug)), each(AskedQuestionSerializer)
        )

    @extend_schema(request=AskInput, responses={201: AskedQuestionSerializer})
    def post(self, request: Request, slug: str) -> Response:
        """Ask something. It is read before it is published."""
        campaign = get_object_or_404(Campaign.objects.public(), slug=slug)
        asked = questions.Asked(**self.read(AskInput))
        pace.keep(request._request, "question")
        question = questions.ask(campaign=campaign, asked=asked, at=clock.now())
        return Response(AskedQuestionSerializer(question).data, status=201)


class QuestionDesk(Endpoint):
    permission = "campaign.view"

    @extend_schema(responses=StaffQuestionSerializer(many=True))
    def get(self, request: Request, slug: str) -> Response:
        """Every question to a campaign of one's own, the newest first."""
        return self.paged(of_staff(self, slug).questions.all(), each(StaffQuestionSerializer))


class AnswerQuestion(Endpoint):
    permission = "campaign.edit"

    @extend_schema(request=QuestionAnswerInput, responses=StaffQuestionSerializer)
    def post(self, request: Request, slug: str, pk: int) -> Response:
        """Answer and publish a question."""
        question = get_object_or_404(of_staff(self, slug).questions, pk=pk)
        text, at = self.read(QuestionAnswerInput)["answer"], clock.now()
        answered = questions.answer(question=question, text=text, by=self.person, at=at)
        return Response(StaffQuestionSerializer(answered).data)


class DeclineQuestion(Endpoint):
    permission = "campaign.edit"

    @extend_schema(request=ReasonInput, responses=StaffQuestionSerializer)
    def post(self, request: Request, slug: str, pk: int) -> Response:
        """Do not publish a question, with a reason that stays inside."""
        question = get_object_or_404(of_staff(self, slug).questions, pk=pk)
        reason, at = self.read(ReasonInput)["reason"], clock.now()
        declined = questions.decline(question=question, by=self.person, at=at, reason=reason)
        return Response(StaffQuestionSerializer(declined).data)


def _visible(request: Request, slug: str) -> Campaign:
    campaign: Campaign = get_object_or_404(Campaign.objects.visible_to(request.user), slug=slug)
    return campaign
