"""The pages of campaigns: for visitors, for investors, for managers."""
