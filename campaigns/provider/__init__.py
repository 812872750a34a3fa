"""What the card provider says, taken into our books: whatever it says, in any order, however often.

`occurrences` reads what an event or a movement is about, `subjects` has each looked at as it stands
now; `movements`, `pulls` and `proofs` hold the provider's own statement beside our books.
"""
