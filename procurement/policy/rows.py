"""A policy version as a value: its rows, for which uses each asks, with which parameters. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from procurement.policy.cases import Case
from procurement.policy.defaults import DEFAULT_ROWS
from procurement.policy.interim import InterimLimits
from procurement.policy.terms import Criticality, DataClass, Vertical
from vendors.reports.currency import CurrencyRules
from vendors.reports.reasons import Reason, because
from vendors.reports.reasons import gettext_noop as _
from vendors.reports.terms import Category, EvidenceKind, PeriodLimits

KNOWN = {row["key"]: row for row in DEFAULT_ROWS}


# What stands in for these has acts of its own: an NDA, a closed remediation, an accepted risk.
NEVER_WAIVED = frozenset({"nda_in_force", "opinion", "remediation_closed"})


class PolicyError(ValueError):
    """A policy that cannot be read. The text names the row and what is wrong with it."""


@dataclass(frozen=True)
class AppliesTo:
    """For which uses a row asks. An empty set asks nothing: the row then holds for all."""

    data_classes: frozenset[DataClass] = frozenset()
    verticals: frozenset[Vertical] = frozenset()
    criticalities: frozenset[Criticality] = frozenset()
    tiers: frozenset[int] = frozenset()

    def why_not(self, case: Case) -> Reason | None:
        """Why the row does not ask anything of this use; None when it does."""
        if self.data_classes and not self.data_classes & case.data_classes:
            return because(_("Not asked for {data} data."), data=case.data_in_order())
        if self.verticals and not self.verticals & case.verticals:
            return because(_("Not asked outside of {verticals}."), verticals=tuple(sorted(self.verticals)))
        if self.criticalities and case.criticality not in self.criticalities:
            return because(_("Not asked at {criticality} criticality."), criticality=case.criticality)
        if self.tiers and case.tier not in self.tiers:
            return because(_("Not asked for tier {tier}."), tier=case.tier)
        return None


@dataclass(frozen=True)
class PolicyRow:
    """One requirement: the rule named `key`, with its parameters."""

    key: str
    title: str
    applies_to: AppliesTo
    waivable: bool
    parameters: Mapping[str, Any] = field(hash=False)

    def number(self, name: str) -> int:
        """A parameter that is a whole number above 0."""
        return int(self.parameters[name])


@dataclass(frozen=True)
class Policy:
    """One version of the policy. What was decided under it stays decided under it."""

    version: int
    rows: tuple[PolicyRow, ...]

    @classmethod
    def load(cls, version: int, rows: Sequence[Mapping[str, Any]]) -> "Policy":
        """A policy from plain data (`PolicyVersion.rows`). A parameter left out keeps its default.

        Raises PolicyError for an unknown or doubled row, an unknown parameter, a word that is none of ours.
        """
        loaded = tuple(_row_from(row) for row in rows)
        keys = [row.key for row in loaded]
        doubled = sorted({key for key in keys if keys.count(key) > 1})
        if doubled:
            raise PolicyError(f"The row {doubled[0]!r} stands twice.")
        return cls(version, loaded)

    def row(self, key: str) -> PolicyRow | None:
        return next((row for row in self.rows if row.key == key), None)

    def currency_rules(self) -> CurrencyRules:
        """How long a report counts under this policy."""
        return CurrencyRules(**self._numbers_for(CurrencyRules))

    def interim_limits(self) -> InterimLimits:
        """How long a Type I report may stand in under this policy."""
        return InterimLimits(**self._numbers_for(InterimLimits))

    @property
    def approval_months(self) -> int:
        """How many months after the decision an approval ends at the latest."""
        row = self.row("soc2_type2_current")
        return (
            row.number("approval_months") if row else int(KNOWN["soc2_type2_current"]["parameters"]["approval_months"])
        )

    def _numbers_for(self, rules: type[CurrencyRules] | type[InterimLimits]) -> dict[str, int]:
        row = self.row("soc2_type2_current")
        return {part.name: row.number(part.name) for part in fields(rules)} if row else {}

    def period_limits(self) -> PeriodLimits:
        """Which periods and report dates are worth a word under this policy."""
        rows = [row for row in (self.row("period_length"), self.row("report_date")) if row]
        return PeriodLimits(**{name: value for row in rows for name, value in row.parameters.items()})


def _row_from(data: Mapping[str, Any]) -> PolicyRow:
    key = data.get("key", "")
    if key not in KNOWN:
        raise PolicyError(f"There is no rule named {key!r}.")
    default = KNOWN[key]
    try:
        applies_to = _applies_to(data.get("applies_to", default["applies_to"]))
    except (ValueError, TypeError) as problem:
        raise PolicyError(f"The row {key!r} applies to something unknown: {problem}.") from problem
    waivable = bool(data.get("waivable", default["waivable"]))
    if waivable and key in NEVER_WAIVED:
        raise PolicyError(f"The row {key!r} is never waived.")
    return PolicyRow(
        key=key,
        title=data.get("title", default["title"]),
        applies_to=applies_to,
        waivable=waivable,
        parameters=_parameters(key, data.get("parameters", {}), default["parameters"]),
    )


def _applies_to(data: Mapping[str, Any]) -> AppliesTo:
    return AppliesTo(
        data_classes=frozenset(DataClass(name) for name in data.get("data_classes", [])),
        verticals=frozenset(Vertical(name) for name in data.get("verticals", [])),
        criticalities=frozenset(Criticality(name) for name in data.get("criticalities", [])),
        tiers=frozenset(int(tier) for tier in data.get("tiers", [])),
    )


def _parameters(key: str, given: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    for name, value in given.items():
        if name not in defaults:
            raise PolicyError(f"The row {key!r} has no parameter {name!r}.")
        wanted = type(defaults[name])
        if type(value) is not wanted or (wanted is int and value < 1):
            kind = "a whole number above 0" if wanted is int else f"a {wanted.__name__}"
            raise PolicyError(f"The parameter {name!r} of the row {key!r} has to be {kind}, not {value!r}.")
    _check_words(key, given)
    return {**defaults, **given}


def _check_words(key: str, given: Mapping[str, Any]) -> None:
    """Raises PolicyError for a category, data class or kind of evidence that does not exist."""
    by_data = given.get("data", {})
    try:
        for name in (*given.get("uptime", []), *(name for names in by_data.values() for name in names)):
            Category(name)
        for name in by_data:
            DataClass(name)
        for name in given.get("evidence", []):
            EvidenceKind(name)
    except (ValueError, TypeError) as problem:
        raise PolicyError(f"The row {key!r} names something unknown: {problem}.") from problem
