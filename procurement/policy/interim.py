"""The interim waiver: for how long a Type I report stands in for a Type II (DESIGN.md, "Reading a report"). Pure."""

from dataclasses import dataclass
from datetime import date

from vendors.calendar.days import plus_months


@dataclass(frozen=True, kw_only=True)
class InterimLimits:
    """Defaults of DESIGN.md; the row `soc2_type2_current` may change them.

    type1_months   how old the as-of date may be
    launch_months  how long after the launch of the vendor's service a Type I is enough at the latest
    """

    type1_months: int = 12
    launch_months: int = 18

    def is_fresh(self, as_of: date, on: date) -> bool:
        """Whether a Type I of this date may stand in on that day."""
        return on <= plus_months(as_of, self.type1_months)

    def latest_end(self, launched_on: date) -> date:
        """The last day an interim waiver may reach."""
        return plus_months(launched_on, self.launch_months)

    def end(self, *, promised_on: date, launched_on: date) -> date:
        """The last day of the waiver: the day the Type II is promised for, and not beyond `latest_end`."""
        return min(promised_on, self.latest_end(launched_on))
