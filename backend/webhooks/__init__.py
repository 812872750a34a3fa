"""GROUND: what other systems are told of, as it happens (webhooks in the form of Standard Webhooks).

events.py is the catalogue, subscriptions.py who is told, deliveries.py when, sender.py how; addresses.py
says what may be called at all. What the card provider tells us comes in by campaigns/provider.
"""
