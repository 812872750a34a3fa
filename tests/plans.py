"""What a query reads, as the database itself plans and counts it."""

from collections import Counter

from django.db import connection, transaction

WAYS = ("seqscan", "hashjoin", "mergejoin")
"""Of a few rows reading all is the cheapest way, of many it is not: a test has few."""


def rows_read(query: str) -> Counter[str]:
    """How many rows each table gave to a query, by index, with those that it threw away at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        for way in WAYS:
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}")
        [[told]] = cursor.fetchone()
        transaction.set_rollback(True)
    found: Counter[str] = Counter()
    plans = [told["Plan"]]
    for plan in plans:
        plans += plan.get("Plans", [])
        if "Relation Name" in plan:
            rows = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
            found[plan["Relation Name"]] += int(rows * plan["Actual Loops"])
    return +found
