"""Towns, the organisations and people that serve them, the parties they meet, and the places they look after.

Every row that belongs to a case's town carries `town`. Organisations, calendars and duty lines carry a
`division` and serve the divisions below it. Nothing here is ever deleted: rows end by `valid_to`.
"""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from jinli.town.ids import new_id


class Status(models.TextChoices):
    """How sure a fact of the pack is; `unknown` rows stay visible and wait to be filled in."""

    CONFIRMED = "confirmed"
    UNKNOWN = "unknown"
    SAMPLE = "sample"
    SIMULATED = "simulated"


class Division(models.Model):
    """An administrative division: national, province, prefecture, county or town (GB/T 2260 and GB/T 10114 codes).

    `time_stamp` changes whenever a calendar, office hours, a procedure or the registers of places and bodies that
    serve this division change, so that every process knows without a query whether what it remembers still stands.
    """

    class Level(models.TextChoices):
        NATIONAL = "national"
        PROVINCE = "province"
        PREFECTURE = "prefecture"
        COUNTY = "county"
        TOWN = "town"

    code = models.CharField(max_length=12, unique=True)
    level = models.CharField(max_length=12, choices=Level.choices)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    zone = models.CharField(max_length=40, default="Asia/Shanghai")
    simulated = models.BooleanField(default=False)
    settings = models.JSONField(default=dict)
    time_stamp = models.UUIDField(default=new_id)

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A body that can owe something: a district department, a town office, a village committee, a station.

    Attributes
    ----------
    role : what the body is for in procedures, such as `arbitration`, `command`, `village`, `department`.
    """

    class Kind(models.TextChoices):
        GOVERNMENT = "government"
        DEPARTMENT = "department"
        OFFICE = "office"
        VILLAGE = "village"
        STATION = "station"
        ARBITRATION = "arbitration"
        ZONE = "zone"

    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="organisations")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.CONFIRMED)
    source = models.TextField(blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["division", "code"], name="organisation_code"),)

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Look people up by sign-in name."""


class Person(AbstractBaseUser):
    """Somebody who signs in. Pages name persons by duty; the name is shown only inside their own organisation."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)
    simulated = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    objects = PersonManager()

    def __str__(self) -> str:
        return self.name


class Duty(models.Model):
    """A post in an organisation. `role` is what the post may do in procedures and on pages."""

    class Role(models.TextChoices):
        GRID_WORKER = "grid_worker"
        VILLAGE_OFFICER = "village_officer"
        WINDOW_CLERK = "window_clerk"
        COMMAND_CENTRE = "command_centre"
        DEPARTMENT_OFFICER = "department_officer"
        DEPARTMENT_HEAD = "department_head"
        ARBITER = "arbiter"
        TOWN_HEAD = "town_head"
        AUDITOR = "auditor"
        ADMINISTRATOR = "administrator"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="duties")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=24, choices=Role.choices)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation", "code"], name="duty_code"),)

    def __str__(self) -> str:
        return self.title


class Appointment(models.Model):
    """A person holds a duty from a day to a day. It is also a hat: `in_name_of` is in whose name the person acts.

    The default hat is the own organisation; a zone or an entrusting body comes only by an appointment that says so.
    """

    class Hat(models.TextChoices):
        OWN = "own"
        ZONE = "zone"
        TOWN = "town"
        ENTRUSTED = "entrusted"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="appointments")
    hat = models.CharField(max_length=12, choices=Hat.choices, default=Hat.OWN)
    in_name_of = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="hats")
    deputy_for = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "duty", "hat", "in_name_of", "valid_from"], name="appointment_once"
            ),
        )


class DutyLine(models.Model):
    """A line of the duty list (履行职责事项清单): what the town does itself, helps with, or no longer does."""

    class Kind(models.TextChoices):
        BASIC = "basic"
        COOPERATING = "cooperating"
        TAKEN_BACK = "taken_back"

    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="duty_lines")
    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField(null=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    lead = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT)
    legal_basis = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.CONFIRMED)
    source = models.TextField(blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["division", "code"], name="duty_line_code"),)

    def __str__(self) -> str:
        return self.title


class TownFact(models.Model):
    """A published fact of a town, or one that no source gives: `unknown`, with an empty value.

    A fact that the pack no longer has is out of force from `valid_to` on.
    """

    class Arrow(models.TextChoices):
        INDUSTRY = "industry"
        RENEWAL = "renewal"
        REFORM = "reform"

    town = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="facts")
    code = models.CharField(max_length=40)
    arrow = models.CharField(max_length=12, choices=Arrow.choices)
    ordinal = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120, blank=True)
    value = models.CharField(max_length=120, blank=True)
    value_en = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    unit_en = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)
    note_en = models.CharField(max_length=300, blank=True)
    as_of = models.CharField(max_length=10, blank=True)
    source = models.TextField()
    status = models.CharField(max_length=12, choices=Status.choices)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "code"], name="town_fact_code"),)

    def __str__(self) -> str:
        return self.title


class Place(models.Model):
    """A village, community, grid, zone or parcel, valid from a day to a day.

    `geometry` is optional GeoJSON text; `crs` says whether its coordinates are WGS-84 or GCJ-02. A place with status
    `unknown` is a visible row that waits for its name. A `unit` is a village or a community, nobody knows which yet.
    `reading` says what a grid is: a cluster of villages, a cell inside one, or a unit of its own for a park or market;
    empty while no source says.
    """

    class Kind(models.TextChoices):
        VILLAGE = "village"
        COMMUNITY = "community"
        UNIT = "unit"
        GRID = "grid"
        ZONE = "zone"
        PARCEL = "parcel"

    class Reading(models.TextChoices):
        CLUSTER = "cluster"
        CELL = "cell"
        EXTRA = "extra"

    class Crs(models.TextChoices):
        WGS84 = "wgs84"
        GCJ02 = "gcj02"

    town = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="places")
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    reading = models.CharField(max_length=8, choices=Reading.choices, blank=True)
    ordinal = models.PositiveIntegerField(default=0)
    members = models.ManyToManyField("self", symmetrical=False, related_name="groups")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.CONFIRMED)
    source = models.TextField(blank=True)
    area_km2 = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    population = models.PositiveIntegerField(null=True)
    point_lon = models.FloatField(null=True)
    point_lat = models.FloatField(null=True)
    crs = models.CharField(max_length=8, choices=Crs.choices, blank=True)
    geometry = models.TextField(blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "code", "valid_from"], name="place_code"),)

    def __str__(self) -> str:
        return self.name


class Attribute(models.Model):
    """What kind of fact can be known of a party: unit, who owns it, how sensitive it is, how long it is kept."""

    code = models.CharField(max_length=40, primary_key=True)
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    owner = models.CharField(max_length=40, blank=True)
    sensitivity = models.CharField(max_length=12, default="personal")
    retention_months = models.PositiveIntegerField(null=True)


class Party(models.Model):
    """Somebody the town deals with. A party belongs to the town that met it; its facts carry name and telephone."""

    class Kind(models.TextChoices):
        RESIDENT = "resident"
        ENTERPRISE = "enterprise"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="parties")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.RESIDENT)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT)


class PartyFact(models.Model):
    """One dated fact about a party and the case it was learnt in (a number, since cases live in a higher room)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="facts")
    attribute = models.ForeignKey(Attribute, on_delete=models.PROTECT)
    value = models.TextField()
    source_case = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)


class CalendarYear(models.Model):
    """One published edition of a year's public holidays and make-up working days."""

    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="calendars")
    year = models.PositiveIntegerField()
    edition = models.PositiveIntegerField()
    published = models.BooleanField()
    paper = models.CharField(max_length=300, blank=True)
    days = models.JSONField(default=list)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["division", "year", "edition"], name="calendar_edition"),)


class OfficeHours(models.Model):
    """Office hours of a division, valid in time: `spans` is a list of `["08:30", "12:00"]` pairs."""

    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="office_hours")
    spans = models.JSONField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.CONFIRMED)
    source = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["division", "valid_from"], name="office_hours_once"),)


class PackLoad(models.Model):
    """Journal of pack loading and of edits on screen: which pack, which content, what it changed, and by whom."""

    town = models.ForeignKey(Division, null=True, on_delete=models.PROTECT)
    pack = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    changes = models.JSONField(default=list)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)


class PackRow(models.Model):
    """What the pack said of one row when last loaded; a row that differs was edited on screen and is left alone."""

    town = models.ForeignKey(Division, on_delete=models.PROTECT)
    section = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    content = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["town", "section", "key"], name="pack_row_once"),)


class AccessEntry(models.Model):
    """The access log: who read which personal data in full, of which case, and why. Never part of a case journal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town = models.ForeignKey(Division, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    acting_for = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT)
    what = models.CharField(max_length=60)
    case_number = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(db_index=True)


class AccessToken(models.Model):
    """A key with which a machine acts under one hat in one town. Only its hash is kept; it ends by itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="tokens")
    town = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_on = models.DateField(null=True)
