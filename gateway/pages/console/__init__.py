"""The support console: pages for people of the house."""
