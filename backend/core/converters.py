"""Parts of addresses that are more than text and numbers."""

import datetime as dt


class Day:
    """A day as in ISO 8601: 2026-06-30."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date) -> str:
        return value.isoformat()


class Year:
    """A year of this century."""

    regex = r"20\d{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Choice:
    """One of a few endings of a file's name."""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class TableKind(Choice):
    regex = "csv|json"


class GraphKind(Choice):
    regex = "ttl|jsonld"


class ImpactKind(Choice):
    regex = "cids.jsonld|iris.csv"


class ReportKind(Choice):
    regex = "quarterly|yearly"


class ProjectEntry(Choice):
    regex = "move|award|output|accounts|proceedings|proceedings-end"
