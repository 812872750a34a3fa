"""A bank as its customers see it: accounts, transfers in and out, statements in camt.053.001.08.

It books what it is told, in the payers' own hand (references lower-cased, broken, cut, mistyped), and
knows nothing of pledges or homes. Start it with `python -m backend.simulators.bank`.
"""
