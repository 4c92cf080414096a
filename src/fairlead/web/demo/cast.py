"""The people a visitor can step into, and how their weeks and answers look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fairlead.web.demo.calendars import Regular, Sudden


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member of the cast.

    ``unit``, ``title`` and ``place`` find the employee in the company; ``frequencies`` is how often
    the behaviours of managing and of leading are shown (1 to 5), ``symptoms`` how much of a rut is
    felt (1 to 5) at each check, oldest first; ``operates`` gives the role of people operations.
    """

    key: str
    unit: str
    title: str
    place: int
    story: str
    role: str
    regular: tuple[Regular, ...] = ()
    sudden: tuple[Sudden, ...] = ()
    managing: float = 0
    leading: float = 0
    symptoms: tuple[float, ...] = ()
    sorts: bool = True
    operates: bool = False


_STANDUP: Final = Regular(
    title="Team stand-up", days="MO,TU,WE,TH,FR", at="09:15", minutes=15, who=("reports",)
)
_LUNCH: Final = Regular(title="Lunch", days="MO,TU,WE,TH,FR", at="12:15", minutes=45)
_ONE_TO_ONE: Final = Regular(title="1:1", days="MO", at="14:00", minutes=30, who=("report",), every=2)
_STATUS: Final = Regular(
    title="Department status meeting", days="TU", at="10:00", minutes=60, who=("manager", "peers"), mine=False
)
_INCIDENTS: Final = (
    "Incident: gateway down",
    "Urgent: customer escalation",
    "Hotfix call",
    "Outage bridge",
    "Line stop",
)
_UNNAMED: Final = Sudden(
    titles=("Sync", "Quick question", "Catch-up", "Follow-up", "Talk"),
    at_first=2.5,
    at_last=2.5,
    minutes=30,
    notice=(30, 90),
    who=("others",),
)

CAST: Final = (
    Member(
        key="rut",
        unit="Engineering",
        title="Firmware Team Lead",
        place=1,
        role="engineering manager",
        story="Leads eight firmware engineers. The days fill with incidents, the evenings with what was "
        "left; it crept up over a year.",
        regular=(
            Regular(title="Backlog refinement", days="WE", at="10:00", minutes=60, who=("reports",)),
            Regular(
                title="Sprint review", days="FR", at="11:00", minutes=60, who=("reports", "others"), every=2
            ),
            Regular(title="Project plan update", days="TU", at="13:30", minutes=60, who=("others",)),
            Regular(title="Timesheets and approvals", days="FR", at="15:00", minutes=60),
            Regular(
                title="Resource planning",
                days="WE",
                at="14:30",
                minutes=60,
                who=("manager", "peers"),
                mine=False,
            ),
            _STANDUP,
            _LUNCH,
            _STATUS,
            Regular(title="1:1", days="MO", at="14:00", minutes=30, who=("report",), every=4),
            Regular(title="Sprint planning", days="MO", at="10:00", minutes=90, who=("reports",), every=2),
            Regular(
                title="Budget and headcount review",
                days="TH",
                at="15:00",
                minutes=60,
                who=("manager",),
                every=2,
            ),
            Regular(title="Release readiness", days="TH", at="11:00", minutes=60, who=("reports", "others")),
            Regular(title="Choir", days="WE", at="18:30", minutes=120, category="Personal"),
        ),
        sudden=(
            Sudden(
                titles=_INCIDENTS,
                at_first=1.5,
                at_last=8.0,
                minutes=60,
                notice=(0.3, 5),
                who=("one report", "others"),
                evening=0.3,
            ),
            Sudden(
                titles=("Status for the board", "Escalation prep"),
                at_first=0.5,
                at_last=2,
                minutes=60,
                notice=(2, 20),
                who=("manager",),
                evening=0.4,
            ),
            Sudden(
                titles=("Code review", "Firmware debugging"),
                at_first=2.5,
                at_last=0.5,
                minutes=90,
                notice=(30, 90),
            ),
            Sudden(
                titles=("School concert", "Dinner with Jo"),
                at_first=0.2,
                at_last=0.4,
                minutes=120,
                notice=(200, 400),
                evening=1.0,
                category="Personal",
                declined=0.6,
            ),
            _UNNAMED,
        ),
        managing=3.4,
        leading=2.1,
        symptoms=(2.2, 3.0, 3.9),
    ),
    Member(
        key="star",
        unit="Engineering",
        title="Senior Hardware Engineer",
        place=0,
        role="electronics engineer",
        story="The best engineer in the building. Everybody says the next step is a team; nobody has "
        "asked whether it is wanted.",
        regular=(
            Regular(title="Simulation runs", days="MO,WE", at="13:30", minutes=150),
            Regular(title="Reading: sensor physics", days="FR", at="15:00", minutes=90),
            Regular(
                title="Team stand-up",
                days="MO,TU,WE,TH,FR",
                at="09:15",
                minutes=15,
                who=("manager", "peers"),
                mine=False,
            ),
            _LUNCH,
            Regular(title="Board design", days="MO,TU,WE,FR", at="09:45", minutes=135),
            Regular(title="Lab: sensor measurements", days="TU,TH", at="13:30", minutes=150),
            Regular(title="Design review", days="TH", at="10:00", minutes=60, who=("peers",)),
            Regular(
                title="1:1 with my lead",
                days="FR",
                at="14:00",
                minutes=30,
                who=("manager",),
                every=2,
                mine=False,
            ),
        ),
        sudden=(
            Sudden(
                titles=("Mentoring the trainee", "Pairing session"),
                at_first=0.6,
                at_last=1.2,
                minutes=60,
                notice=(40, 120),
                who=("peers",),
            ),
            Sudden(
                titles=("Lead role: shall we talk?",),
                at_first=0.0,
                at_last=0.6,
                minutes=30,
                notice=(20, 60),
                who=("manager",),
            ),
            Sudden(
                titles=("Hotfix call",),
                at_first=0.3,
                at_last=0.3,
                minutes=45,
                notice=(0.5, 3),
                who=("peers",),
            ),
        ),
        managing=2.2,
        leading=2.9,
        symptoms=(1.6, 1.7),
    ),
    Member(
        key="informal",
        unit="Field Service",
        title="Senior Service Engineer",
        place=0,
        role="industrial machinery mechanic",
        story="Has no reports. When the new dispatch system came, everybody went to this desk.",
        regular=(
            Regular(title="Customer visit", days="TU", at="09:30", minutes=150, who=("outside",)),
            Regular(title="Spare parts order", days="MO", at="13:30", minutes=60),
            _LUNCH,
            Regular(title="Customer visit", days="MO,WE", at="09:00", minutes=180, who=("outside",)),
            Regular(
                title="How we fix things: open hour",
                days="FR",
                at="10:00",
                minutes=60,
                who=("peers", "others"),
            ),
            Regular(
                title="Team meeting", days="TU", at="08:30", minutes=45, who=("manager", "peers"), mine=False
            ),
            Regular(title="Repair bench", days="TU,TH", at="13:00", minutes=180),
        ),
        sudden=(
            Sudden(
                titles=("Coaching: first solo visit", "Show how: dispatch system", "Mentoring"),
                at_first=1.5,
                at_last=3,
                minutes=45,
                notice=(26, 90),
                who=("peers",),
            ),
            Sudden(
                titles=("Workshop: make dispatch simpler", "Pitch to operations"),
                at_first=0.3,
                at_last=0.8,
                minutes=60,
                notice=(50, 200),
                who=("others",),
            ),
            Sudden(
                titles=("Urgent: pump failure",),
                at_first=0.8,
                at_last=0.8,
                minutes=90,
                notice=(0.5, 3),
                who=("outside",),
            ),
        ),
        managing=2.6,
        leading=4.1,
        symptoms=(1.8, 1.9),
    ),
    Member(
        key="not_let_go",
        unit="Engineering",
        title="Engineering Director",
        place=0,
        role="architectural and engineering managers",
        story="Promoted five months ago from the team that built the product, and still signs off every "
        "change in it.",
        regular=(
            Regular(
                title="Firmware stand-up",
                days="MO,TU,WE,TH,FR",
                at="09:00",
                minutes=15,
                who=("others",),
                mine=False,
            ),
            Regular(title="Hands-on: release branch", days="TU,TH", at="13:00", minutes=120),
            Regular(title="Budget review", days="WE", at="13:30", minutes=60, who=("manager",), every=2),
            _LUNCH,
            Regular(title="Firmware code review", days="MO,WE,FR", at="10:00", minutes=90, who=("others",)),
            Regular(title="Change approval board", days="TU,TH", at="15:00", minutes=60, who=("reports",)),
            Regular(
                title="Management meeting",
                days="TU",
                at="10:00",
                minutes=120,
                who=("manager", "peers"),
                mine=False,
            ),
            Regular(title="1:1", days="MO", at="13:30", minutes=30, who=("report",), every=3),
            Regular(
                title="Strategy 2028",
                days="FR",
                at="13:30",
                minutes=90,
                who=("peers",),
                every=4,
                since_week=20,
            ),
        ),
        sudden=(
            Sudden(
                titles=("Debugging with the team", "Build fix", "Prototype bring-up"),
                at_first=3,
                at_last=2.5,
                minutes=90,
                notice=(10, 60),
                who=("one report",),
            ),
            Sudden(
                titles=_INCIDENTS, at_first=1, at_last=2, minutes=45, notice=(0.5, 4), who=("one report",)
            ),
            _UNNAMED,
        ),
        managing=3.8,
        leading=2.4,
        symptoms=(2.1, 2.6),
    ),
    Member(
        key="leadership_gap",
        unit="Manufacturing",
        title="Plant Manager",
        place=0,
        role="industrial production manager",
        story="Every figure of the plant is on the wall and on target. Two good people left without a "
        "warning.",
        regular=(
            Regular(title="Production plan", days="MO,TU,WE,TH,FR", at="10:30", minutes=45, who=("reports",)),
            Regular(title="Approvals", days="MO,WE", at="15:30", minutes=60),
            Regular(title="Safety inspection", days="TU", at="15:30", minutes=60, who=("others",)),
            Regular(title="Overtime and payroll check", days="FR", at="15:00", minutes=60),
            _LUNCH,
            Regular(title="Shift handover", days="MO,TU,WE,TH,FR", at="07:30", minutes=30, who=("reports",)),
            Regular(title="KPI review", days="MO,WE,FR", at="09:00", minutes=60, who=("reports",)),
            Regular(title="Quality audit", days="TU", at="13:00", minutes=120, who=("others",)),
            Regular(title="Staff scheduling", days="TH", at="09:00", minutes=90),
            Regular(title="Inventory check", days="TH", at="11:00", minutes=60, who=("reports",)),
            Regular(
                title="Cost and budget review", days="FR", at="13:00", minutes=90, who=("manager", "others")
            ),
            Regular(title="Compliance audit preparation", days="WE", at="13:30", minutes=90, every=2),
        ),
        sudden=(
            Sudden(
                titles=("Line stop", "Supplier delay: urgent"),
                at_first=1,
                at_last=1.4,
                minutes=45,
                notice=(0.3, 3),
                who=("one report",),
            ),
            Sudden(
                titles=("Exit interview", "Resignation talk"),
                at_first=0.05,
                at_last=0.4,
                minutes=45,
                notice=(15, 40),
                who=("one report",),
            ),
        ),
        managing=4.5,
        leading=1.9,
        symptoms=(2.3, 2.7),
    ),
    Member(
        key="management_gap",
        unit="Product",
        title="Head of Product",
        place=0,
        role="product manager",
        story="Full of ideas that people love to hear. The roadmap has been new every month; nothing has "
        "shipped since spring.",
        regular=(
            Regular(title="Inspiration walk", days="MO", at="10:00", minutes=60, who=("reports",)),
            Regular(title="Concept sketching", days="TU,TH", at="13:30", minutes=120),
            Regular(
                title="Purpose and values round", days="WE", at="10:00", minutes=60, who=("reports", "others")
            ),
            Regular(title="Partner talks", days="WE", at="13:00", minutes=90, who=("outside",)),
            _LUNCH,
            Regular(title="Vision workshop", days="MO", at="13:00", minutes=150, who=("reports", "others")),
            Regular(title="Innovation hour", days="WE", at="15:00", minutes=90, who=("reports", "peers")),
            Regular(title="1:1", days="TU", at="09:30", minutes=60, who=("report",)),
            Regular(title="Customer discovery", days="TH", at="10:00", minutes=90, who=("outside",)),
            Regular(
                title="Town hall: where we are going",
                days="FR",
                at="11:00",
                minutes=60,
                who=("others",),
                every=2,
            ),
        ),
        sudden=(
            Sudden(
                titles=("Brainstorm", "New idea: pitch", "Mentoring"),
                at_first=2,
                at_last=3,
                minutes=60,
                notice=(26, 80),
                who=("reports", "others"),
            ),
            Sudden(
                titles=("Urgent: date missed", "Escalation: launch slips"),
                at_first=0.6,
                at_last=2.2,
                minutes=60,
                notice=(0.5, 6),
                who=("manager", "others"),
                evening=0.2,
            ),
            _UNNAMED,
        ),
        managing=1.9,
        leading=4.4,
        symptoms=(2.0, 2.4),
    ),
    Member(
        key="both_gaps",
        unit="Customer Care",
        title="Customer Care Manager",
        place=0,
        role="customer service manager",
        story="Neither plans nor people get time. Each day is the loudest call first.",
        regular=(
            Regular(title="Calls: second line", days="MO,TU,WE,TH,FR", at="13:30", minutes=120),
            _LUNCH,
            Regular(title="Ticket handling", days="MO,TU,WE,TH,FR", at="08:30", minutes=90),
        ),
        sudden=(
            Sudden(
                titles=(
                    "Urgent: angry customer",
                    "Escalation",
                    "Emergency: queue overflow",
                    "Cover for sick colleague",
                ),
                at_first=7,
                at_last=10,
                minutes=45,
                notice=(0.2, 4),
                who=("one report", "outside"),
                evening=0.2,
            ),
            Sudden(
                titles=("Team meeting",),
                at_first=0.3,
                at_last=0.1,
                minutes=45,
                notice=(10, 40),
                who=("reports",),
            ),
            _UNNAMED,
        ),
        managing=1.8,
        leading=1.7,
        symptoms=(3.4, 3.8),
        sorts=False,
    ),
    Member(
        key="will_gap",
        unit="Sales",
        title="Account Team Lead",
        place=1,
        role="sales manager",
        story="Has been trained for the post, coached in it, and does it well. Would give it back for a desk "
        "full of customers.",
        regular=(
            Regular(title="Forecast review", days="MO", at="10:00", minutes=60, who=("manager", "peers")),
            Regular(title="Team meeting", days="TU", at="09:30", minutes=60, who=("reports",)),
            Regular(title="1:1", days="WE", at="10:30", minutes=30, who=("report",)),
            Regular(title="1:1", days="TH", at="10:30", minutes=30, who=("report",)),
            Regular(title="Performance review", days="TH", at="14:00", minutes=60, who=("report",), every=2),
            Regular(title="Discount approvals", days="WE,FR", at="15:00", minutes=60),
            Regular(title="Customer visit", days="TU", at="13:30", minutes=120, who=("outside",)),
            _STATUS,
            _LUNCH,
        ),
        sudden=(
            Sudden(
                titles=("Customer call", "Offer for a customer"),
                at_first=1.2,
                at_last=1.0,
                minutes=60,
                notice=(24, 120),
                who=("outside",),
            ),
        ),
        managing=4.2,
        leading=3.6,
        symptoms=(2.6, 3.1),
    ),
    Member(
        key="stepped_back",
        unit="Engineering",
        title="Senior Test Engineer",
        place=0,
        role="software quality assurance analyst",
        story="Led the test team until last winter, asked for the bench back, and got it. Is asked for "
        "advice more often than before.",
        regular=(
            Regular(title="Test bench", days="MO,TU,TH", at="09:30", minutes=150),
            Regular(title="Test design", days="WE", at="09:00", minutes=150),
            Regular(title="Coaching: how we test", days="FR", at="10:00", minutes=60, who=("peers",)),
            Regular(title="1:1 with my lead", days="TH", at="14:00", minutes=30, who=("manager",), every=2),
            _LUNCH,
        ),
        sudden=(
            Sudden(
                titles=("Mentoring", "Show how: fault finding"),
                at_first=0.8,
                at_last=1.2,
                minutes=45,
                notice=(26, 90),
                who=("peers",),
            ),
        ),
        managing=2.4,
        leading=3.4,
        symptoms=(1.9, 1.4),
    ),
    Member(
        key="newcomer",
        unit="Finance",
        title="Controller",
        place=0,
        role="",
        story="Signed up a minute ago and has given nothing yet: this is how every screen looks when it "
        "is empty.",
        regular=(),
        sudden=(),
        managing=0,
        leading=0,
        symptoms=(),
    ),
    Member(
        key="people_lead",
        unit="People",
        title="Head of People",
        place=0,
        role="human resources manager",
        story="People operations. Keeps the list of people, imports it, invites, and sees nobody's readings.",
        operates=True,
    ),
    Member(
        key="people_partner",
        unit="People",
        title="People Partner",
        place=0,
        role="human resources specialist",
        story="The second person in people operations: what takes two people takes this one's yes.",
        operates=True,
    ),
)
