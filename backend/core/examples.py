"""Examples of the API's description, each derived from its schema: a value for every field, as it might
be in life. Pure: a document goes in, the same with an `example` in each object comes out.

A field is known by its name (`WORDS`, `NUMBERS`), else by its type and bounds. All is invented.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

Schema = Mapping[str, Any]
Value = TypeVar("Value")
DEEPEST = 6
"""What holds itself (a part of a part) is told so far and no further."""

WORDS = {
    "address": "Via Esempio 12, Torino",
    "agreement": "A-2026-014",
    "about": "what it is about, in a line",
    "amount": "500.00",
    "article": "Reg. (EU) 2020/1503, art. 22",
    "bank_id": "20261122-000417",
    "bic": "UNCRITMM",
    "by": "anna@example.org",
    "campaign": "homes-for-those-who-stay",
    "category": "A/3",
    "certificate_code": "2026-TO-000417",
    "code": "TO-017",
    "comune": "L219",
    "content_hash": "9f86d081884c7d65",
    "contract_no": "L-2026-031",
    "creditor_reference": "RF80BTQX31842207",
    "currency": "EUR",
    "description": "Three rooms on the second floor, no lift.",
    "district": "6",
    "end_to_end_id": "RF80BTQX31842207",
    "evidence": "statement of 22 November 2026",
    "first_name": "Anna",
    "fund": "raised:homes-for-those-who-stay",
    "half_year": "2026-1",
    "holder": "Casa Mattone S.r.l. (synthetic)",
    "iban": "IT60X0542811101000000123456",
    "issuer": "Casa Mattone S.r.l. (synthetic)",
    "key": "8c1f5a1e-5b0e-4f0e-9f57-1d9a4be9c7a1",
    "language": "en",
    "label": "Notary",
    "last_name": "Verdi",
    "lei": "529900T8BM49AURSDO55",
    "message_id": "MAT-2026-000123",
    "name": "Anna Verdi",
    "note": "Asked by telephone.",
    "number": "417",
    "omi_zone": "C12",
    "password": "nine-quiet-bricks-42",
    "payee": "Tribunale di Torino (synthetic)",
    "payer": "Anna Verdi",
    "period": "2026-Q3",
    "phone": "+39 011 000 0000",
    "place": "Torino",
    "provider_id": "po_1QexampleMattone",
    "protocol": "2026/000417",
    "quarter": "Barriera di Milano",
    "reason": "The paper was missing.",
    "reference": "RF80BTQX31842207",
    "section": "A",
    "risk": "You may lose all that you put in.",
    "sentence": "Less is held than was allotted.",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015",
    "slug": "homes-for-those-who-stay",
    "summary": "We buy eight homes at auction and let them to those who lost theirs.",
    "supplier": "Impresa Esempio S.r.l. (synthetic)",
    "tax_code": "VRDNNA80A41L219M",
    "text": "Which court was it?",
    "title": "Homes for those who stay",
    "token": "8c1f5a1e5b0e4f0e",
    "url": "https://example.org/paper.pdf",
    "version": "2",
    "words": "Eight families stayed in their homes.",
    "zone": "C12",
}  # fmt: skip
MONEYS = {
    "capital_before": "10000.00",
    "fee": "7.75",
    "maximum": "400000.00",
    "minimum": "200000.00",
    "net": "492.25",
    "nominal_per_share": "10.00",
    "price": "61000.00",
    "price_per_share": "100.00",
    "rent": "320.00",
    "target": "300000.00",
}
NUMBERS = {
    "area_m2": 62,
    "cents": 50000,
    "count": 1,
    "days": 30,
    "district": 6,
    "id": 17,
    "month": 11,
    "months": 12,
    "pk": 17,
    "rooms": 3,
    "shares": 5,
    "status": 422,
    "version": 1,
    "year": 2026,
    "years": 3,
}
FORMATS = {
    "date": "2026-11-22",
    "date-time": "2026-11-22T10:30:00+01:00",
    "time": "10:30:00",
    "email": "anna@example.org",
    "uri": "https://example.org/api/v1/",
    "uuid": "8c1f5a1e-5b0e-4f0e-9f57-1d9a4be9c7a1",
    "ip": "192.0.2.1",
    "byte": "TWF0dG9uZQ==",
    "binary": "(the bytes of a file)",
}
SHAPES = {"^[-a-zA-Z0-9_]+$": "homes-for-those-who-stay", "^[a-z]{2,3}$": "en", "^[A-Z]{3}$": "EUR"}
"""What a pattern asks for, where it is no number written as text."""
PLAIN = "as it was told"


def add(result: dict[str, Any], **_asked: object) -> dict[str, Any]:
    """Give each object of a description its example (a hook of drf-spectacular)."""
    known: Mapping[str, Schema] = result["components"].get("schemas", {})
    made = {name: of(schema, known) for name, schema in known.items() if "properties" in schema}
    for name, example in made.items():
        result["components"]["schemas"][name]["example"] = example
    return result


def of(schema: Schema, known: Mapping[str, Schema], *, name: str = "", depth: int = 0) -> Any:
    """What a value of this schema might be; `name` is the field in which it stands."""
    whole = _whole(schema, known)
    if "example" in whole and depth:
        return whole["example"]
    if "enum" in whole:
        return next((each for each in whole["enum"] if each not in ("", None)), None)
    kind = whole.get("type", "object" if "properties" in whole else "")
    if kind == "object":
        return _object(whole, known, name, depth)
    if kind == "array":
        is_deep = depth >= DEEPEST
        return [] if is_deep else [of(whole["items"], known, name=name, depth=depth + 1)]
    plain = {"integer": _integer, "number": _number, "string": _string}
    return plain[kind](name, whole) if kind in plain else kind == "boolean" or PLAIN


def _whole(schema: Schema, known: Mapping[str, Schema]) -> Schema:
    """A schema with what it refers to; of several the first."""
    while True:
        for ways in ("allOf", "oneOf", "anyOf"):
            schema = {**schema, **schema[ways][0], ways: ()} if schema.get(ways) else schema
        if "$ref" not in schema:
            return schema
        told = {name: value for name, value in schema.items() if name != "$ref"}
        schema = {**told, **known[schema["$ref"].split("/")[-1]]}


def _object(schema: Schema, known: Mapping[str, Schema], name: str, depth: int) -> dict[str, Any]:
    told = schema.get("properties", {})
    if told.keys() == {"amount", "currency"}:
        return {"amount": _known(name, MONEYS) or "500.00", "currency": "EUR"}
    if depth >= DEEPEST:
        told = {each: told[each] for each in schema.get("required", ())}
    found = {each: of(part, known, name=each, depth=depth + 1) for each, part in told.items()}
    more = schema.get("additionalProperties")
    if not told and isinstance(more, Mapping):
        return {"some": of(more, known, name=name, depth=depth + 1)}
    return found


def _known(name: str, table: Mapping[str, Value]) -> Value | None:
    """What stands for a field: its whole name, else the longest ending that is known."""
    words = name.split("_")
    endings = ("_".join(words[start:]) for start in range(len(words)))
    # A text in two languages ends in its language.
    tries = (*endings, *("_".join(words[start:-1]) for start in range(len(words) - 1)))
    return next((table[each] for each in tries if each in table), None)


def _integer(name: str, schema: Schema) -> int:
    value = _known(name, NUMBERS)
    return int(_between(1 if value is None else value, schema))


def _number(name: str, schema: Schema) -> float:
    return float(_between(12.5, schema))


def _between(value: float, schema: Schema) -> float:
    least, most = schema.get("minimum"), schema.get("maximum")
    value = value if least is None else max(value, least)
    return value if most is None else min(value, most)


def _string(name: str, schema: Schema) -> str:
    if schema.get("format") == "decimal" or r"\d" in schema.get("pattern", ""):
        return "1.5" if schema.get("pattern", "").endswith(r"{0,1})?$") else "12.50"
    if schema.get("format") in FORMATS:
        return FORMATS[schema["format"]]
    text: str = SHAPES.get(schema.get("pattern", "")) or _known(name, WORDS) or PLAIN
    text += "." * (schema.get("minLength", 0) - len(text))
    most: int = schema.get("maxLength", len(text))
    return text[:most]
