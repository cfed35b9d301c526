"""The parameters of one Bot API call, from query, form, multipart or JSON, read as Telegram reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from bot.simulator.errors import bad_request

_TRUE = {"true", "yes", "1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that came in a multipart body."""

    file_name: str
    data: bytes
    mime_type: str


@dataclass(frozen=True, slots=True)
class Params:
    """Values are text, or what JSON held; every reader raises ApiError for what it cannot use."""

    values: Mapping[str, Any] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether the parameter came, even empty."""
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        """The parameter as text; a number of JSON counts as its digits."""
        value = self.values.get(name)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0, low: int | None = None, high: int | None = None) -> int:
        """A whole number; what is no number is the default; bounded to low..high without complaint."""
        found = re.fullmatch(r"\s*([+-]?\d+)(?:\.0+)?\s*", self.text(name))
        number = int(found[1]) if found else default
        if low is not None:
            number = max(number, low)
        return number if high is None else min(number, high)

    def boolean(self, name: str) -> bool:
        """true, yes and 1 are true, in any case; all else is false."""
        return self.text(name).lower() in _TRUE

    def json(self, name: str) -> Any:
        """The parsed JSON of the parameter, or None if it is absent or empty."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """The file itself, sent under the parameter's name or named by `attach://`."""
        value = self.text(name)
        if value.startswith("attach://"):
            return self.uploads.get(value.removeprefix("attach://"))
        return self.uploads.get(name)

    def recorded(self) -> dict[str, Any]:
        """The parameters for the record: nested JSON parsed, files as name and size."""
        plain: dict[str, Any] = {}
        for name, value in self.values.items():
            plain[name] = value
            if isinstance(value, str) and value[:1] in {"{", "["}:
                try:
                    plain[name] = json.loads(value)
                except ValueError:
                    continue
        for name, upload in self.uploads.items():
            plain[name] = {"file_name": upload.file_name, "file_size": len(upload.data)}
        return plain


def read_params(query: str, content_type: str, body: bytes) -> Params:
    """Parameters of a request: the query first, the body's over it. Raises ApiError for a broken body."""
    values: dict[str, Any] = dict(parse_qsl(query, keep_blank_values=True))
    uploads: dict[str, Upload] = {}
    kind = content_type.split(";", maxsplit=1)[0].strip().lower()
    if kind == "application/json" and body:
        values |= _from_json(body)
    elif kind == "application/x-www-form-urlencoded":
        values |= dict(parse_qsl(body.decode("utf-8", "surrogatepass"), keep_blank_values=True))
    elif kind == "multipart/form-data":
        fields, uploads = _from_multipart(content_type, body)
        values |= fields
    return Params(values, uploads)


def _from_json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        raise bad_request("can't parse request JSON object") from None
    if not isinstance(found, dict):
        raise bad_request("request must be a JSON object")
    return found


def _from_multipart(content_type: str, body: bytes) -> tuple[dict[str, Any], dict[str, Upload]]:
    fields: dict[str, Any] = {}
    uploads: dict[str, Upload] = {}
    boundary = re.search(r'boundary="?([^";]+)"?', content_type, re.IGNORECASE)
    if boundary is None:
        raise bad_request("boundary not found in the multipart request")
    for part in body.split(b"--" + boundary[1].encode("latin-1"))[1:-1]:
        head, _, data = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        headers = BytesParser(policy=HTTP).parsebytes(head + b"\r\n\r\n", headersonly=True)
        data = data.removesuffix(b"\r\n")
        name = headers.get_param("name", header="content-disposition")
        file_name = headers.get_filename()
        if not isinstance(name, str):
            raise bad_request("field name not found in the multipart request")
        if file_name is None:
            fields[name] = data.decode("utf-8", "surrogatepass")
        else:
            uploads[name] = Upload(file_name=file_name, data=data, mime_type=headers.get_content_type())
    return fields, uploads
