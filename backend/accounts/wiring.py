"""What accounts registers at start: who follows an invitation's approval, who knows the deputies."""

from django.utils.translation import gettext_lazy as _

from backend.accounts import deputies, staff
from backend.core import approvals

approvals.register(staff.INVITE, staff.admit, label=_("Let a colleague in"))
approvals.register_principals(deputies.principals_of)
