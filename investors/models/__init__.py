"""The tables of investors, by noun. The rules over them stand in the modules beside this package."""

from investors.models.complaint import Complaint
from investors.models.conflict import Conflict
from investors.models.erasure import Erasure
from investors.models.identity import IdentityCheck
from investors.models.investor import Investor
from investors.models.qualification import Qualification
from investors.models.report import InvestorReport, ReportTally
from investors.models.representation import Representation, in_time_of
from investors.models.suitability import (
    Acknowledgement,
    KnowledgeTest,
    LossComponents,
    LossSimulation,
)

__all__ = [
    "Acknowledgement",
    "Complaint",
    "Conflict",
    "Erasure",
    "IdentityCheck",
    "Investor",
    "InvestorReport",
    "KnowledgeTest",
    "LossComponents",
    "LossSimulation",
    "Qualification",
    "ReportTally",
    "Representation",
    "in_time_of",
]
