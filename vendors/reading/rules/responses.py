"""Management's responses to exceptions, in management's own words.

A response stands beside its exception (after a label, in a column of its own, in a line below), or in the other
information under the id of the control, its criterion or the number of the exception. Words are taken only where it
is clear where they begin and end. Where two places say different things both are named and none is proposed.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from vendors.reading.evidence import settled
from vendors.reading.facts import Fact, Note, ReportException, gettext_noop
from vendors.reading.rules.controls import Control
from vendors.reading.rules.responses_beside import Said, beside
from vendors.reading.rules.responses_elsewhere import Elsewhere
from vendors.reading.sections import Sections
from vendors.reading.wording import wording

_ = gettext_noop
# A text that ends like this was cut off: by a layout that is not known, or by the report itself.
CUT_OFF = wording(
    r"\b(?:an?|the|of|to|by|in|on|at|for|from|with|and|or|that|which|has|have|was|were|is|are|been|be|will|our|its)$"
)
LONGEST = 3_000  # characters; what is longer is no response any more


def with_responses(
    sections: Sections, exceptions: Sequence[ReportException], listed: Sequence[Control]
) -> tuple[tuple[ReportException, ...], list[Note]]:
    """The exceptions with what management says of each; a note for each that is answered in two different ways."""
    if not exceptions:
        return (), []
    controls: dict[str, Control] = {}
    for control in listed:
        controls.setdefault(control.id, control)
    elsewhere = Elsewhere.of(sections, exceptions, controls)
    answered = [
        _answered(each, [*beside(sections, _where(each, listed)), *elsewhere.on(each)], elsewhere)
        for each in exceptions
    ]
    return tuple(answered), [_conflict(each) for each in answered if each.response.conflict_on]


def _where(exception: ReportException, listed: Sequence[Control]) -> Control:
    """The control as it is listed where the exception stands; it may be listed under several criteria."""
    same = [control for control in listed if control.id == exception.control]
    page = exception.place.page
    return min(same, key=lambda control: abs(control.page - page) + (control.page > page))


def _answered(exception: ReportException, told: Sequence[Said], elsewhere: Elsewhere) -> ReportException:
    finds = [each.found for each in told if each.found is not None]
    if finds:
        clear = [find for find in finds if len(find.value) <= LONGEST and not CUT_OFF.search(find.value)]
        response = settled(clear, elsewhere.pages, same=_says_the_same)
        return replace(exception, management_response=True, response=response)
    looked = Fact[str](looked_on=tuple(sorted({exception.place.page, *elsewhere.pages})))
    if not any(each.is_none for each in told) and elsewhere.names(exception):
        return replace(exception, management_response=True, response=looked)
    is_open = any(each.is_announced for each in told) or elsewhere.may_name(exception)
    is_announced = is_open and not any(each.is_none for each in told)
    return replace(exception, management_response=None if is_announced else False, response=looked)


def _conflict(exception: ReportException) -> Note:
    pages = exception.response.conflict_on
    said = _("Management answers the exception at control {control} in different words. Read pages {pages}.")
    values = {"control": exception.control, "pages": ", ".join(map(str, pages))}
    return Note("exceptions", said, values, pages)


def _says_the_same(one: str, other: str) -> bool:
    first, second = re.sub(r"\W+", " ", one).casefold().strip(), re.sub(r"\W+", " ", other).casefold().strip()
    return first == second
