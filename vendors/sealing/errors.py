"""What goes wrong with sealed bytes. Neither says more: whoever tampers learns nothing from the message."""


class SealingError(Exception):
    """Sealed bytes were not opened."""


class SealBroken(SealingError):
    """The bytes are not those that were sealed for this place: changed, cut, extended, reordered, swapped."""


class KeyMissing(SealingError):
    """The keyring holds no key of that id."""
