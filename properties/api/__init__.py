"""The API of homes and people: one module per resource, each with its serializers."""
