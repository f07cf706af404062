"""The only HTTP door: portal pages and JSON API; composes answers of the five services, owns no facts."""
