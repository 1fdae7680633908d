"""Where a command puts the file it made: where it is told to, else on the screen, unless it is no text."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError


def add_out(parser: ArgumentParser) -> None:
    parser.add_argument("--out", default="", metavar="FILE", help="where to write it; without it, it is printed")


def hand_out(command: BaseCommand, content: bytes, *, out: str, is_text: bool = True) -> None:
    """Write it to `out`, or print it. Raises CommandError where it cannot be written, or is no text to print."""
    if not out and not is_text:
        raise CommandError("Say where to write it: --out FILE")
    if not out:
        command.stdout.write(content.decode("utf-8"), ending="")
        return
    try:
        Path(out).write_bytes(content)
    except OSError as reason:
        raise CommandError(str(reason)) from reason
    command.stderr.write(f"Written to {out}.")
