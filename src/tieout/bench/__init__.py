"""Measurement from outside: how well checks agree with labels made by hand."""
