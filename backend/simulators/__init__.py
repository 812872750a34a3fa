"""Stand-ins for the outside world: Stripe and a bank, each a process of its own behind real HTTP.

They import nothing of ours, are told the demo's clock, keep what happened in a file, and are judged
against the providers' documentation, never against the code that talks to them.
"""
