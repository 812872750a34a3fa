"""Money in: campaigns, interests, pledges, payments, and what the city's programmes reported.

Knows investors and the ground below; knows nothing of the homes that are bought with the money.
"""
