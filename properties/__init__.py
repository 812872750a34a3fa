"""Floor 3: homes, what raised capital paid for them, and what became of those who live in them.

Rules are in the noun modules (`acquisitions`, `lettings`, `households`, `snapshots` …); `tracing`,
`disclosure` and `indicators` are pure; `history` reads what was so on a day. Money in is one floor
below, in `campaigns`.
"""
