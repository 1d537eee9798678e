"""What is posted: JSON documents of a fixed form, read once; what does not fit is told field by field."""

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails
from starlette.requests import Request

from api.unfit import reason_of
from spatial.errors import BadParameter, LimitExceeded
from spatial.text import Text

BODY_MAXIMUM = 200_000
"""Bytes of a posted document that carries no picture."""

PICTURES = ("image/jpeg", "image/png", "image/webp")
"""What a posted picture may be declared as."""

_SHOWN = 5


class Body(BaseModel):
    """A document that is posted: it has these fields and no others, and values are not converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


Posted = TypeVar("Posted", bound=Body)


async def read_bytes(request: Request, maximum: int = BODY_MAXIMUM) -> bytes:
    """Return what was posted; raises BadParameter for another media type, LimitExceeded for more than so many bytes."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise BadParameter(
            Text("请求体不是 JSON", "The body is not declared as JSON"),
            Text("请用 Content-Type: application/json 发送", "Send it with Content-Type: application/json"),
        )
    return await _within(request, maximum)


async def read_picture(request: Request, maximum: int) -> bytes:
    """Return a posted picture; raises BadParameter for another media type, LimitExceeded for more than so many bytes.

    What it is its content says, later.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in PICTURES:
        raise BadParameter(
            Text("请求体不是图片", "The body is not declared as a picture"),
            Text(f"Content-Type 可用：{'、'.join(PICTURES)}", f"Its Content-Type may be: {', '.join(PICTURES)}"),
        )
    return await _within(request, maximum)


async def _within(request: Request, maximum: int) -> bytes:
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and len(declared) < 16 and int(declared) > maximum:
        raise _too_long(maximum)
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > maximum:
            raise _too_long(maximum)
        parts.append(part)
    return b"".join(parts)


async def read(request: Request, form: type[Posted], maximum: int = BODY_MAXIMUM) -> Posted:
    """Return the posted document; raises BadParameter that names the fields which do not fit, and LimitExceeded."""
    return document_of(await read_bytes(request, maximum), form)


def document_of(content: bytes, form: type[Posted]) -> Posted:
    """Return what the bytes of a body hold; raises BadParameter that names the fields which do not fit, and why."""
    try:
        return form.model_validate_json(content)
    except ValidationError as error:
        raise _unfit(error.errors(include_url=False), form) from None


def _unfit(errors: Sequence[ErrorDetails], form: type[Body]) -> BadParameter:
    told = [_said(error) for error in errors[:_SHOWN]]
    fields = [".".join(map(str, error["loc"])) for error in errors[:_SHOWN]]
    return BadParameter(
        Text("；".join(each.zh for each in told), "; ".join(each.en for each in told)),
        Text(f"可用字段：{', '.join(form.model_fields)}", f"Its fields are: {', '.join(form.model_fields)}"),
        fields=fields,
    )


def _said(error: ErrorDetails) -> Text:
    name = ".".join(str(step)[:60] for step in error["loc"])
    match error["type"]:
        case "json_invalid":
            return Text("请求体不是 JSON", "The body is not JSON")
        case "missing":
            return Text(f"缺少字段 {name}", f"The field {name} is missing")
        case "extra_forbidden":
            return Text(f"这里没有字段 {name}", f"There is no field {name} here")
    reason = reason_of(error["type"], error.get("ctx", {}))
    if not name:
        return Text(f"请求体不可用：{reason.zh}", f"The body cannot be used: {reason.en}")
    return Text(f"字段 {name} 不可用：{reason.zh}", f"The field {name} cannot be used: {reason.en}")


def schema_of(form: type[Body]) -> dict[str, Any]:
    """Return the JSON schema of a form, for the definition of the API; what it refers to stands inside of it."""
    schema = form.model_json_schema()
    definitions = schema.pop("$defs", {})

    def inlined(value: Any) -> Any:
        if isinstance(value, dict):
            if "$ref" in value:
                beside = {key: each for key, each in value.items() if key != "$ref"}
                return {**inlined(definitions[value["$ref"].rpartition("/")[2]]), **beside}
            return {key: inlined(each) for key, each in value.items() if key != "title"}
        return [inlined(each) for each in value] if isinstance(value, list) else value

    found: dict[str, Any] = inlined(schema)
    return found


def _too_long(maximum: int) -> LimitExceeded:
    return LimitExceeded(
        Text("请求体过长", "The body is too long"),
        Text(f"至多 {maximum} 字节", f"It may be {maximum} bytes"),
        limit=maximum,
    )
