"""The starter list: well-known providers with the page where each speaks about its security (`providers.toml`)."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Provider:
    """The facts of one provider; `legal_name` is empty where it is not certain."""

    name: str
    domain: str
    category: str
    trust_center_url: str
    legal_name: str = ""


@dataclass(frozen=True)
class StarterList:
    """The providers, and the day on which their facts were looked up."""

    as_of: date
    providers: tuple[Provider, ...]


@cache
def starter_list() -> StarterList:
    """The list as it ships."""
    read = tomllib.loads(FILE.read_text())
    return StarterList(read["as_of"], tuple(Provider(**facts) for facts in read["providers"]))
