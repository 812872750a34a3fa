"""Who invests, what protects them, and what they are told. Knows no campaign: what a rule needs to
know of pledges is handed in (see `suitability`)."""
