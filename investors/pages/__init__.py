"""The pages of investors: profile, test, simulation."""
