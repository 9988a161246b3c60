"""Who people are: agencies, units, groups of units, people. Knows no plan."""

from units.models.agency import Agency, AgencyIdentity, Signatory
from units.models.change import Change
from units.models.demonstration import Demonstration
from units.models.draft import Draft
from units.models.notice import Notice
from units.models.people_import import PeopleImport
from units.models.unit import Alias, Unit, UnitGroup, UnitKind
from units.models.upload import Upload, UploadQuerySet
from units.models.user import Role, User

__all__ = [
    "Agency",
    "AgencyIdentity",
    "Alias",
    "Change",
    "Demonstration",
    "Draft",
    "Notice",
    "PeopleImport",
    "Role",
    "Signatory",
    "Unit",
    "UnitGroup",
    "UnitKind",
    "Upload",
    "UploadQuerySet",
    "User",
]
