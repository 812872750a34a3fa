"""What the outside world says about money: what we expect from it, what banks report, what differs.

The noun modules hold the rules; `bank_statements`, `camt`, `identities`, `references` and
`matching` are pure. Only `books` posts to the ledger.
"""
