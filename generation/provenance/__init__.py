"""Who made this file and with what: the implicit label, the signature, and reading both back."""
