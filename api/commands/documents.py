"""A JSON document that somebody hands to a command as a file."""

from pathlib import Path

import orjson

from spatial.errors import BadFile
from spatial.text import Text

LARGEST = 5_000_000


def read_document(file: Path, what: Text) -> dict[str, object]:
    """Return the object that a JSON file holds, as `what` it is to be; raises BadFile for one that holds none."""
    try:
        if file.stat().st_size > LARGEST:
            raise BadFile(Text("文件过大", "The file is too large"))
        document = orjson.loads(file.read_bytes())
    except OSError as error:
        raise BadFile(Text(f"无法读取 {file}", f"{file} cannot be read: {error.strerror}")) from None
    except orjson.JSONDecodeError as error:
        raise BadFile(
            Text(f"{file} 不是 JSON", f"{file} is not JSON"),
            Text(f"请检查第 {error.lineno} 行", f"Look at line {error.lineno}"),
        ) from None
    if not isinstance(document, dict):
        raise BadFile(Text(f"{file} 不是{what.zh}", f"{file} is no {what.en}"))
    return document
