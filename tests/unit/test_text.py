"""Languages and errors."""

import pytest

from spatial.errors import BadCode, GridscapeError
from spatial.text import Language, Text


@pytest.mark.parametrize(
    ("value", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", Language.ZH),
        ("en-GB,en;q=0.9,zh;q=0.5", Language.EN),
        ("zh_CN.UTF-8", Language.ZH),
        ("en_US.UTF-8", Language.EN),
        ("fr-FR, en;q=0.5", Language.EN),
        ("C.UTF-8", Language.ZH),
        ("", Language.ZH),
        (None, Language.ZH),
    ],
)
def test_the_first_language_that_we_speak_is_taken(value: str | None, language: Language) -> None:
    assert Language.parse(value) is language


def test_an_error_says_what_is_wrong_and_what_to_do_in_both_languages() -> None:
    error = BadCode(Text("编码有误", "The code is wrong"), Text("请检查", "Check it"), code="1")
    assert error.in_language(Language.ZH) == "编码有误。请检查"
    assert str(error) == "The code is wrong. Check it"
    assert error.details == {"code": "1"}


def test_every_error_of_ours_is_drawn_in_the_tree() -> None:
    from spatial import errors

    drawn = errors.__doc__ or ""
    for name, member in vars(errors).items():
        if isinstance(member, type) and issubclass(member, GridscapeError):
            assert name in drawn, name
