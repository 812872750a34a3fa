"""Pages of accounts: sign in, one's own account, staff, deputies."""
