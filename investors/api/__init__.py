"""The API of investors: one's own profile, the test, the simulation."""
