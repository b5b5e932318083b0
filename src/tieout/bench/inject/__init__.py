"""Errors injected on purpose into true articles made of the ledger's facts, and how many a check finds."""
