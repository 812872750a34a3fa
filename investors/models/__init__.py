"""The tables of investors, by noun. The rules over them stand in the modules beside this package."""

from investors.models.investor import Investor, Representation
from investors.models.report import InvestorReport
from investors.models.suitability import Acknowledgement, KnowledgeTest, LossSimulation

__all__ = [
    "Acknowledgement",
    "Investor",
    "InvestorReport",
    "KnowledgeTest",
    "LossSimulation",
    "Representation",
]
