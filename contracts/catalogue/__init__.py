"""The programme's catalogue as data: exams, certifications, requirements, renewal rules, credit items, policies."""

from pathlib import Path

FOLDER = Path(__file__).parent
"""Where the YAML files lie."""
