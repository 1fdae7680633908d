"""Sections of versions, for programs: read them, and change those of a draft."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django_filters as filters
from django.db.models import Count, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from procurement.questionnaires import access, services
from procurement.questionnaires.content_check import LONGEST, LONGEST_SECTION
from procurement.questionnaires.models import Section
from procurement.questionnaires.versions import sections_with_place
from vendors.calendar import clock
from vendors.people.actors import Actor, Refused
from vendors.rest.fields import Key, Scoped
from vendors.rest.records import Records
from vendors.rest.schema import example

STEPS = {"up": -1, "down": 1}
RULE = {"q": "bk-1", "op": "is", "v": "yes"}


def sections_of_drafts(user: Actor) -> QuerySet[Section]:
    """Where something may be added."""
    return Section.objects.filter(version__in=access.drafts_for(user))


def check_letters(typed: dict[str, Any]) -> None:
    """Raises ValidationError for what JSON can spell and no database keeps."""
    try:
        services.check_letters(typed)
    except Refused as refusal:
        raise serializers.ValidationError(str(refusal)) from refusal


@contextmanager
def conditions_by_name() -> Iterator[None]:
    """What is wrong with a condition is about `visible_if`, as it is called here."""
    try:
        yield
    except Refused as refusal:
        if refusal.field == "rule":
            raise Refused(str(refusal), field="visible_if") from refusal
        raise


@example(
    {
        "id": 31,
        "version": 7,
        "parent": None,
        "position": 2,
        "title": "Backups",
        "intro": "",
        "visible_if": None,
        "questions": 4,
    }
)
class SectionRow(serializers.Serializer):
    """`position` counts through the whole version, a part right after the section it is a part of (`parent`)."""

    id = serializers.IntegerField(source="pk")
    version = serializers.IntegerField(source="version_id")
    parent = serializers.IntegerField(source="parent_id", allow_null=True)  # type: ignore[assignment]
    position = serializers.IntegerField()
    title = serializers.CharField()
    intro = serializers.CharField(allow_blank=True)
    visible_if = serializers.DictField(allow_null=True)
    questions = serializers.IntegerField(source="amount")


@example({"version": 7, "title": "Backups", "intro": "", "parent": None})
class SectionToAdd(serializers.Serializer):
    """It stands at the end, or at the end of its `parent`."""

    version = Scoped(access.drafts_for)
    parent = Scoped(  # type: ignore[assignment]
        sections_of_drafts, required=False, allow_null=True, default=None
    )
    title = serializers.CharField(max_length=LONGEST_SECTION)
    intro = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST["intro"], default="")

    def validate(self, typed: dict[str, Any]) -> dict[str, Any]:
        """A section of another version is refused like one that is not there."""
        if typed["parent"] is not None and typed["parent"].version_id != typed["version"].pk:
            raise serializers.ValidationError({"parent": Scoped.default_error_messages["does_not_exist"]})
        return typed


@example({"title": "Backups", "visible_if": RULE})
class SectionToChange(serializers.Serializer):
    """What is left out stays. `visible_if` null: always asked."""

    title = serializers.CharField(required=False, max_length=LONGEST_SECTION)
    intro = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST["intro"])
    visible_if = serializers.DictField(required=False, allow_null=True)

    def validate(self, typed: dict[str, Any]) -> dict[str, Any]:
        check_letters(typed)
        return typed


@example({"way": "up"})
class Step(serializers.Serializer):
    """One place up or down among those beside it. At the end it stays."""

    way = serializers.ChoiceField(choices=list(STEPS))


class SectionFilters(filters.FilterSet):
    version = Key()
    parent = Key()

    class Meta:
        model = Section
        fields: list[str] = []


class SectionViews(Records):
    """Sections of versions of questionnaires. Those of a draft are changed; published ones stay."""

    model = Section
    serializer_class = SectionRow
    filterset_class = SectionFilters
    orderings = {"place": ("place", "pk"), "id": ("pk",), "-id": ("-pk",)}

    def visible_to(self, user: Actor) -> QuerySet[Any]:
        found = access.sections_visible_to(user).annotate(amount=Count("questions"))
        return sections_with_place(found)

    @extend_schema(request=SectionToAdd, responses={201: SectionRow})
    def create(self, _request: Request) -> Response:
        """A section in a draft."""
        access.check_can_draft(self.person)
        section = services.add_section(**self.typed(SectionToAdd), by=self.person, now=clock.now())
        return self.shown(section.pk, status=201)

    @extend_schema(request=SectionToChange, responses=SectionRow)
    def partial_update(self, _request: Request, pk: int) -> Response:
        """Another title, first words or condition; a condition asks what stands before the section."""
        section = self._of_draft(pk)
        as_it_is = {name: getattr(section, name) for name in ("title", "intro", "visible_if")}
        said = {**as_it_is, **self.typed(SectionToChange)}
        with conditions_by_name():
            services.change_section(section=section, **said, by=self.person, now=clock.now())
        return self.shown(section.pk)

    @extend_schema(request=Step, responses=SectionRow)
    @action(detail=True, methods=["post"])
    def move(self, _request: Request, pk: int) -> Response:
        """One place up or down, with everything in it."""
        section = self._of_draft(pk)
        step = STEPS[self.typed(Step)["way"]]
        services.move_section(section=section, step=step, by=self.person, now=clock.now())
        return self.shown(section.pk)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def remove(self, _request: Request, pk: int) -> Response:
        """The section goes with its questions and parts."""
        services.remove_section(section=self._of_draft(pk), by=self.person, now=clock.now())
        return Response(status=204)

    def _of_draft(self, pk: int) -> Section:
        """The section, for whoever may change it. Raises Http404, NotAllowed, Refused."""
        section = access.section_by_id(self.person, pk)
        access.check_can_edit(self.person, section.version)
        return section
