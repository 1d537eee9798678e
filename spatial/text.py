"""A sentence or a name in the two languages of the product."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """The languages that a person can choose."""

    ZH = "zh"
    EN = "en"

    @classmethod
    def parse(cls, value: str | None) -> "Language":
        """Return the language of a locale or an Accept-Language header, Chinese where it names neither.

        The earliest of the two in the value wins: `en-GB,zh;q=0.5` is English.
        """
        wanted = (value or "").lower().replace("_", "-")
        for part in wanted.split(","):
            tag = part.split(";")[0].strip()
            if tag.startswith("en"):
                return cls.EN
            if tag.startswith("zh"):
                return cls.ZH
        return cls.ZH


@dataclass(frozen=True, slots=True)
class Text:
    """One meaning said in Chinese and in English."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the words in one language."""
        return self.zh if language is Language.ZH else self.en

    def __str__(self) -> str:
        return self.en
