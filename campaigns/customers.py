"""Investors under the numbers that the provider gave them; made when first a payment needs one."""

import datetime as dt

from campaigns import stripe_gateway
from campaigns.models import ProviderCustomer
from investors.models import Investor


def of(investor: Investor, *, at: dt.datetime) -> ProviderCustomer:
    """The customer at the provider, made once: the key there is our investor's own."""
    found = ProviderCustomer.objects.filter(investor=investor).first()
    if found is not None:
        return found
    provider_id = stripe_gateway.create_customer(
        name=investor.name, email=investor.email, key=f"investor-{investor.pk}"
    )
    made, _created = ProviderCustomer.objects.get_or_create(
        investor=investor, defaults={"provider_id": provider_id, "made_at": at}
    )
    return made
