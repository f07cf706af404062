"""The portal's pages: one module per menu item builds a view model and renders it; no rule is decided here."""
