"""Why an act on accounts was not carried out; nothing was changed then."""


class Refused(Exception):
    """The message is for the person who tried."""


class NotAnAdministrator(Refused):
    """Only administrators keep accounts (403)."""

    def __init__(self) -> None:
        super().__init__("Chỉ quản trị được quản lý tài khoản.")


class Outdated(Refused):
    """Accounts changed after this person looked at what would be done."""
