"""The screens call the members of closed sets what the server calls them."""

import re
from enum import Enum
from pathlib import Path

import pytest

from spatial.governance import Department, EventCategory, Mediator, StationFunction
from spatial.vocabulary import CameraKind, CameraPlace, CameraState, IncidentState, Priority, StationTier, word

WORDS = Path(__file__).resolve().parents[2] / "web" / "src" / "shared" / "words"
SETS = [WORDS / "sets.ts", WORDS / "things.ts", WORDS / "mediation.ts"]
LINE = re.compile(r'"([\w.]+)": \[\s*"([^"]+)",\s*"([^"]+)",?\s*\]')


@pytest.mark.parametrize(
    ("prefix", "members"),
    [
        ("station", StationTier),
        ("state", IncidentState),
        ("state", CameraState),
        ("priority", Priority),
        ("category", EventCategory),
        ("department", Department),
        ("mediator", Mediator),
        ("function", StationFunction),
        ("mounted", CameraPlace),
        ("camera", CameraKind),
    ],
)
def test_screens_and_server_say_the_same(prefix: str, members: type[Enum]) -> None:
    said = {key: (zh, en) for file in SETS for key, zh, en in LINE.findall(file.read_text("utf-8"))}
    for member in members:
        ours = word(member)  # type: ignore[arg-type]
        assert said[f"{prefix}.{member.value}"] == (ours.zh, ours.en)
