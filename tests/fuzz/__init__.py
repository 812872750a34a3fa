"""The API asked by a machine: schemathesis reads its description and sends thousands of cases.

Run by `make test-api`; CASES says how many to each operation.
"""
