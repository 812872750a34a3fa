"""What a bank reports of an order (pain.002), small and exact: say the statuses, get the file."""

from backend.treasury.models import PaymentOrder

V10 = "pain.002.001.10"


def report(
    order: PaymentOrder,
    *,
    group: str = "",
    reason: str = "",
    transfers: dict[str, tuple[str, str]] | None = None,
    schema: str = V10,
    message: str = "",
) -> bytes:
    """`transfers`: end-to-end id -> status and reason code."""
    told = "".join(_transfer(name, *said) for name, said in (transfers or {}).items())
    of_payment = (
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{order.message_id}</OrgnlPmtInfId>{told}"
        "</OrgnlPmtInfAndSts>"
    )
    return (
        f'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:{schema}">'
        "<CstmrPmtStsRpt><GrpHdr><MsgId>R-1</MsgId></GrpHdr><OrgnlGrpInfAndSts>"
        f"<OrgnlMsgId>{message or order.message_id}</OrgnlMsgId>"
        f"<OrgnlMsgNmId>{order.schema}</OrgnlMsgNmId>"
        f"{f'<GrpSts>{group}</GrpSts>' if group else ''}{_reason(reason)}</OrgnlGrpInfAndSts>"
        f"{of_payment if told else ''}</CstmrPmtStsRpt></Document>"
    ).encode()


def rejection(order: PaymentOrder, reason: str = "AM04") -> bytes:
    """The bank rejects the whole order."""
    return report(order, group="RJCT", reason=reason)


def _transfer(name: str, status: str, reason: str) -> str:
    return (
        f"<TxInfAndSts><OrgnlEndToEndId>{name}</OrgnlEndToEndId><TxSts>{status}</TxSts>"
        f"{_reason(reason)}</TxInfAndSts>"
    )


def _reason(code: str) -> str:
    return f"<StsRsnInf><Rsn><Cd>{code}</Cd></Rsn></StsRsnInf>" if code else ""
