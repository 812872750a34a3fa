"""Statement files for tests, small and exact: say the movements, get camt.053.001.08.

The demo's files come from backend.simulators.bank; these are for what a well-behaved bank never sends.
"""

import datetime as dt
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

PAYLOADS = Path(__file__).resolve().parent.parent / "payloads"
IBAN = "IT60X0542811101000000123456"
OTHER_IBAN = "IT76N0300203280123456789012"
DAY = dt.date(2026, 4, 1)


@dataclass(frozen=True)
class Move:
    """One entry; the amount is signed."""

    amount: str
    text: str = ""
    bank_id: str = ""
    name: str = "Anna Verdi"
    structured: str = ""
    end_to_end: str = "NOTPROVIDED"
    on: dt.date = DAY
    status: str = "BOOK"
    is_reversal: bool = False
    return_reason: str = ""
    currency: str = "EUR"
    iban: str = ""


@dataclass(frozen=True)
class Paper:
    """A statement; `closing` is computed unless a test wants a wrong one."""

    moves: tuple[Move, ...] = ()
    opening: str = "0.00"
    closing: str = ""
    iban: str = IBAN
    id: str = "S-1"
    from_on: dt.date = DAY
    to_on: dt.date = DAY
    extra: str = field(default="")

    def ends_at(self) -> str:
        booked = (Decimal(move.amount) for move in self.moves if move.status == "BOOK")
        return self.closing or str(Decimal(self.opening) + sum(booked))


def paper(*moves: Move, **more: str | dt.date) -> bytes:
    """One statement as a file."""
    return as_file(replace(Paper(moves), **more))  # type: ignore[arg-type]


def as_file(*papers: Paper) -> bytes:
    body = "".join(map(_statement, papers))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>M</MsgId></GrpHdr>{body}</BkToCstmrStmt></Document>"
    ).encode()


def payload(name: str) -> bytes:
    return (PAYLOADS / name).read_bytes()


def _statement(one: Paper) -> str:
    return (
        f"<Stmt><Id>{one.id}</Id><FrToDt><FrDtTm>{one.from_on}T00:00:00</FrDtTm></FrToDt>"
        f"<Acct><Id><IBAN>{one.iban}</IBAN></Id></Acct>"
        f"{_balance('OPBD', one.opening, one.from_on)}{_balance('CLBD', one.ends_at(), one.to_on)}"
        f"{''.join(map(_entry, one.moves))}{one.extra}</Stmt>"
    )


def _balance(kind: str, amount: str, day: dt.date) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>{_signed(amount, 'EUR')}"
        f"<Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def _signed(amount: str, currency: str) -> str:
    way = "DBIT" if amount.startswith("-") else "CRDT"
    return f'<Amt Ccy="{currency}">{amount.lstrip("-")}</Amt><CdtDbtInd>{way}</CdtDbtInd>'


def _entry(move: Move) -> str:
    side = "Cdtr" if move.amount.startswith("-") else "Dbtr"
    reference = f"<AcctSvcrRef>{move.bank_id}</AcctSvcrRef>" if move.bank_id else ""
    structured = (
        f"<Strd><CdtrRefInf><Ref>{move.structured}</Ref></CdtrRefInf></Strd>"
        if move.structured
        else ""
    )
    returned = (
        f"<RtrInf><Rsn><Cd>{move.return_reason}</Cd></Rsn></RtrInf>" if move.return_reason else ""
    )
    account = f"<{side}Acct><Id><IBAN>{move.iban}</IBAN></Id></{side}Acct>" if move.iban else ""
    reversal = "<RvslInd>true</RvslInd>" if move.is_reversal else ""
    return (
        f"<Ntry>{_signed(move.amount, move.currency)}{reversal}<Sts><Cd>{move.status}</Cd></Sts>"
        f"<BookgDt><Dt>{move.on}</Dt></BookgDt>{reference}<NtryDtls><TxDtls>"
        f"<Refs><EndToEndId>{escape(move.end_to_end)}</EndToEndId></Refs>"
        f"<RltdPties><{side}><Pty><Nm>{escape(move.name)}</Nm></Pty></{side}>{account}</RltdPties>"
        f"<RmtInf><Ustrd>{escape(move.text)}</Ustrd>{structured}</RmtInf>{returned}"
        "</TxDtls></NtryDtls></Ntry>"
    )
