"""The closed sets of governing by grid have words in both languages."""

import re
from enum import StrEnum

import pytest

from spatial.governance import Department, EventCategory, StationFunction
from spatial.vocabulary import word


@pytest.mark.parametrize("words", [Department, EventCategory, StationFunction], ids=lambda words: words.__name__)
def test_every_member_has_a_chinese_and_an_english_name(words: type[StrEnum]) -> None:
    for member in words:
        text = word(member)
        assert re.search("[\u4e00-\u9fff]", text.zh), member
        assert re.fullmatch(r"[A-Za-z0-9 \-]+", text.en), member
