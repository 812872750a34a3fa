"""The case of one campaign before the rules of law: the values each rule needs, its finding in words.

One small function per rule gathers, calls the pure rule and says what came out. No rule stands here.
"""

from campaigns.cases import afterwards, offer, owner, sheet
from campaigns.cases.case import FINDERS, Case, Finding, find

__all__ = ["FINDERS", "Case", "Finding", "afterwards", "find", "offer", "owner", "sheet"]
