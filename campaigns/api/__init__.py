"""The API of campaigns: offers, interests, pledges, what the provider tells."""
