"""Documents that people keep: set by Typst in the reader's language, as PDF/A-2a that screen readers understand."""
