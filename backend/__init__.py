"""The ground and the roof of Mattone.

The ground is core, ledger and treasury: what every floor above stands on, and it knows none of them.
The roof is the rest (reporting, pages, api, demo, simulators): what needs figures of several floors.
The floors between are packages of their own: investors, campaigns, properties.
"""
