"""The stand-ins judged from outside: by the provider's own library, and by reading what they write."""
