"""Makes the small factories beside this file importable from every test."""
