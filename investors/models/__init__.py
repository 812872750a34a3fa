"""The tables of investors, by noun. The rules over them stand in the modules beside this package."""

from investors.models.identity import IdentityCheck
from investors.models.investor import Investor
from investors.models.qualification import Qualification
from investors.models.report import InvestorReport
from investors.models.representation import Representation, in_time_of
from investors.models.suitability import Acknowledgement, KnowledgeTest, LossSimulation

__all__ = [
    "Acknowledgement",
    "IdentityCheck",
    "Investor",
    "InvestorReport",
    "KnowledgeTest",
    "LossSimulation",
    "Qualification",
    "Representation",
    "in_time_of",
]
