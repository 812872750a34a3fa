"""Refusals in Stripe's own shape; each carries the HTTP status it is answered with."""

from backend.simulators.stripe.shapes import Obj


class StripeRefusal(Exception):
    """A refusal that the caller reads as `{"error": {...}}`."""

    def __init__(self, status: int, message: str, **facts: object) -> None:
        super().__init__(message)
        self.status = status
        self.error: Obj = {"type": "invalid_request_error", "message": message, **facts}


def missing(kind: str, identity: str) -> StripeRefusal:
    """No object of that id."""
    words = kind.replace("_", " ")
    return StripeRefusal(404, f"No such {words}: '{identity}'", code="resource_missing", param="id")


def invalid(message: str, param: str, code: str = "parameter_invalid_integer") -> StripeRefusal:
    """A parameter that cannot be used."""
    return StripeRefusal(400, message, code=code, param=param)


def wrong_state(message: str, code: str) -> StripeRefusal:
    """A right request at the wrong moment of the object's life."""
    return StripeRefusal(400, message, code=code)
