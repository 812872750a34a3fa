"""The walks end to end: people at the API, the stand-ins of bank and cards, no rule called directly."""
