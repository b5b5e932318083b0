"""Ingest measured: made-up documents of true shape, read, stored and asked for."""
