"""What can go wrong while building, told apart by what the caller should do about it."""


class WarehouseError(Exception):
    """Base of all expected errors; the text is Dutch and meant for the person who started the build."""


class UsageError(WarehouseError):
    """The command or the lake cannot be used as given (exit 2); nothing was changed."""


class ModelError(WarehouseError):
    """A model file is at odds with its header, its references or the engine (a fault of ours)."""


class CheckError(WarehouseError):
    """A check found rows (exit 1); the old snapshot stands."""
