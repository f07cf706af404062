"""What readers see in their own language: words, dates, numbers, names of countries; and how it is chosen."""

from gateway.language.reader import Reader, reader
from gateway.language.words import Words, counted, say, words

__all__ = ["Reader", "Words", "counted", "reader", "say", "words"]
