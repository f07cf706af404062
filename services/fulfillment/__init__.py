"""Owns the printed kits: who is offered one, who claimed it, and what was ordered."""
