"""What a change comes with: the key by which it is known again, and the version that it is a change of."""

from starlette.requests import Request

from spatial.errors import BadParameter, ConditionMissing
from spatial.text import Text

LONGEST_KEY = 100


def key_of(request: Request) -> str:
    """Return the Idempotency-Key of a request; raises BadParameter where there is none that can be used."""
    key = request.headers.get("idempotency-key", "").strip()
    if not key or len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise BadParameter(
            Text("缺少请求头 Idempotency-Key", "The header Idempotency-Key is missing, or cannot be used"),
            Text(
                f"请为每次修改生成一个新的键（至多 {LONGEST_KEY} 个字符），重试时使用同一个",
                f"Make a new key for every change ({LONGEST_KEY} characters at most), and send it again when you retry",
            ),
        )
    return key


def version_of(request: Request) -> int:
    """Return the version that If-Match says; raises ConditionMissing where it says none."""
    said = request.headers.get("if-match", "").strip().removeprefix("W/").strip('"')
    if not said.isdecimal() or len(said) > 15:
        raise ConditionMissing(
            Text("缺少请求头 If-Match", "The header If-Match is missing"),
            Text("请带上所见版本的 ETag", "Send the ETag of the version that you saw"),
        )
    return int(said)
