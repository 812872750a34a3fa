"""A small Stripe that remembers: intents, charges, fees, refunds, disputes, payouts and signed events.

`fixtures.json` holds Stripe's own published example objects (stripe/openapi, MIT licence in
`fixtures.LICENSE`): every object here has their shape. Start it with `python -m backend.simulators.stripe`.
"""
