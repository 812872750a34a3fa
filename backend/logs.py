"""How the log is written: a JSON object a line (LOG_FORMAT=json), or a line for people.

Every line carries the id of its request or task. No personal data: mail addresses, accounts and tax
codes are masked, and what a database quotes from a refused row is left out. Requests are logged by
`backend.core.request_log`.
"""

import re
from collections.abc import Callable
from typing import Any, cast

import structlog
from sentry_sdk.types import Event, Hint
from structlog.typing import EventDict, Processor

# What people are known by: e-mail, IBAN (15 signs or more; the last part of a request's id has 12),
# codice fiscale (of persons); and the provider's secrets.
PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}\s?[A-Z0-9]{1,4}\b"
    r"|\b[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]\b"
    r"|\b(?:sk|rk|whsec)_\w+",
    re.IGNORECASE,
)
# PostgreSQL repeats the row that it refuses, in lines of their own.
QUOTED = re.compile(r"\n(?:DETAIL|CONTEXT|HINT):[^\n]*")
MASK = "***"
UNWANTED = ("user_agent", "ip", "user_id")


def masked(text: str) -> str:
    """The text without what a person is known by."""
    return PERSONAL.sub(MASK, QUOTED.sub("", text))


def without_persons(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Mask every text of an event, however deep it stands (a structlog processor)."""
    return cast(EventDict, _deeply(dict(event), _as_written))


def before_sending(event: Event, _hint: Hint) -> Event:
    """What goes to Sentry: masked too, all through."""
    return cast(Event, _deeply(event))


def configuration(*, is_json: bool, level: str) -> dict[str, Any]:
    """The LOGGING of the settings; what others log by the standard library is written alike."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": _last(is_json),
                "foreign_pre_chain": _shared(),
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # The library logs the movements that it cannot read: other people's names and accounts.
            "mt940": {"level": "CRITICAL", "propagate": False},
            # A line a request is written by request_log, with the route and not the address.
            "django.request": {"level": "CRITICAL", "propagate": False},
            # A task's lines are django-structlog's; these would say the same again.
            "celery.app.trace": {"level": "CRITICAL"},
            "celery.worker.strategy": {"level": "WARNING"},
        },
    }


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _last(is_json: bool) -> list[Processor]:
    """Tracebacks become text before they are masked, for errors quote what they stumbled over."""
    written: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if is_json
        else structlog.processors.KeyValueRenderer(
            key_order=["timestamp", "level", "logger", "event"], drop_missing=True
        )
    )
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        structlog.processors.UnicodeDecoder(),
        without_persons,
        written,
    ]


def _deeply(value: Any, of_others: Callable[[Any], Any] = lambda other: other) -> Any:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, dict):
        told = {key: each for key, each in value.items() if key not in UNWANTED}
        return {key: _deeply(each, of_others) for key, each in told.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_deeply(each, of_others) for each in value]
    return of_others(value)


def _as_written(other: Any) -> Any:
    """What is neither text nor number is written as it shows itself: a problem quotes what it met."""
    return other if other is None or isinstance(other, int | float) else masked(str(other))
