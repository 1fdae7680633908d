"""One row of the table: what was measured, its floor in the same run, the goal, and whether it is reached."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure.

    ours, floor  in `unit`; `floor` is None where the goal is absolute
    goal         how large `measured` may be; with `at_least` how small
    queries      of the page, with the most it may ask
    pace         how long a bare page took in the same minute: how fast the machine was then, no goal
    missing      why there is nothing to measure yet
    """

    work: str
    unit: str = "ms"
    ours: float | None = None
    floor: float | None = None
    goal: float | None = None
    at_least: bool = False
    queries: tuple[int, int] | None = None
    pace: float | None = None
    missing: str = ""

    @property
    def measured(self) -> float | None:
        if self.ours is None:
            return None
        return self.ours / self.floor if self.floor else self.ours

    @property
    def is_reached(self) -> bool | None:
        """None where nothing was measured or nothing is promised."""
        if self.measured is None or (self.goal is None and self.queries is None):
            return None
        few = self.queries is None or self.queries[0] <= self.queries[1]
        if self.goal is None:
            return few
        return few and (self.measured >= self.goal if self.at_least else self.measured <= self.goal)

    def row(self) -> list[str]:
        if self.missing:
            return [self.work, "", "", "", "", self.missing]
        word = {True: "yes", False: "NO", None: ""}[self.is_reached]
        ratio = f"{self.measured:.2f} ×" if self.floor and self.measured is not None else ""
        goal = ""
        if self.goal is not None:
            goal = f"{'≥' if self.at_least else '≤'} {self.goal:g}{' ×' if self.floor else f' {self.unit}'}"
        if self.queries:
            goal = f"{goal}, {self.queries[0]} of {self.queries[1]} queries".removeprefix(", ")
        return [self.work, self._amount(self.floor), self._amount(self.ours), ratio, goal, word]

    def _amount(self, value: float | None) -> str:
        return "" if value is None else f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f} {self.unit}"


Figures = Iterator[Figure]
Bench = Callable[["Amounts"], Figures]


@dataclass(frozen=True)
class Amounts:
    """How much is measured; the small ones only show that everything runs."""

    repeats: int = 15
    memos: int = 1000
    few: int = 1_000
    many: int = 10_000
    reports: int = 1_000_000
    mails: int = 500
    upload_mb: int = 50
    report_pages: tuple[int, ...] = (132, 350)
    questions: int = 825
    asked_few: int = 50
    asked: int = 1_000


SMALL = Amounts(
    repeats=1,
    memos=2,
    few=60,
    many=120,
    reports=500,
    mails=10,
    upload_mb=1,
    report_pages=(20,),
    questions=84,
    asked_few=2,
    asked=6,
)
MOST_TIMES = 1.3
HEAD = ["work", "floor", "ours", "ratio", "goal", "reached"]


def milliseconds(act: Callable[[], object], *, repeats: int, warm: int = 1) -> float:
    """The median time of one call, after some that do not count."""
    for _ in range(warm):
        act()
    times = []
    gc.collect()
    for _ in range(repeats):
        started = time.perf_counter()
        act()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def in_turns(floor: Callable[[], object], ours: Callable[[], object], *, repeats: int) -> tuple[float, float]:
    """Both medians, one call of each in turn: what else this machine does then slows both."""
    floor(), ours()
    floors, own = [], []
    for _ in range(repeats):
        floors.append(milliseconds(floor, repeats=1, warm=0))
        own.append(milliseconds(ours, repeats=1, warm=0))
    return statistics.median(floors), statistics.median(own)


def flatness(work: str, few: float, many: float) -> Figure:
    """How much longer it takes among many than among few, each in floors of its own minute: machines change pace."""
    return Figure(work=f"{work}: many ÷ few", unit="floors", floor=few, ours=many, goal=MOST_TIMES)


def table(figures: list[Figure]) -> str:
    rows = [HEAD, *(figure.row() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
