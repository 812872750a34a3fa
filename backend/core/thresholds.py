"""How few people of a kind nobody is told of: numbers that every floor needs (housing.md P1, P28).

How they are used is `properties.disclosure`; the city's output figures use them where they are entered.
"""

FLOOR = 3
"""No threshold may be set below this."""

PUBLIC = 5
CITY = 3
SENSITIVE = 10
"""For any count crossed with a sensitive trait, whoever reads."""
