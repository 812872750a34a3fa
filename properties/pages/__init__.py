"""The pages of homes and people: one module per resource, each with its forms."""
