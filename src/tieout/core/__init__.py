"""The nouns: periods, quantities, facts, claims, findings. Standard library only."""
