"""The roof's reports: gathers each floor's figures and hands them, frozen, to investors.reports.

`holdings` follows each investor's euros to groups of homes, `contents` words a report, `issue` is the
job that makes one per investor. Nothing here decides what may be told: that is
properties.disclosure.
"""
