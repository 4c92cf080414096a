"""What could give somebody away in German: phrases for the same reasons as in English, and as short a list.

One space stands for any few. Each repetition is bounded, so that no text makes a pattern slow.
"""

from __future__ import annotations

from typing import Final

_MONTH: Final = (
    "(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|"
    "Jan|Feb|Apr|Aug|Sept?|Okt|Nov|Dez)"
)
_WEEKDAY: Final = "(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag)"
_MY: Final = "mein(?:e[nrms]?)?"
_I_AM: Final = "(?:ich (?:bin|war)|bin ich|war ich)"
_RANK: Final = "(?:einzig|jüngst|ältest|neu(?:e?st)?|erst|letzt|dienstältest)e[nr]?"
_KIN: Final = (
    "(?:Kind(?:er|ern|es)?|S(?:ohn|öhne)|T(?:ochter|öchter)|Baby|Zwillinge|Frau|Mann|Partner(?:in)?|"
    "Verlobte[rn]?|Scheidung|Trennung|Hochzeit|Ehe|Schwangerschaft|Mutter|Vater|Eltern|Mama|Papa)"
)
_BODY: Final = (
    "(?:Krankheit|Erkrankung|Behinderung|Diagnose|Therapie|Operation|Krebs|Depression|Burn-?out|ADHS|"
    "Autismus|Unfall|Elternzeit|Mutterschutz|Pflegezeit|Reha|Alter|Akzent|Religion|Glaube[n]?)"
)
_CAREER: Final = (
    "(?:Sabbatical|Visum|Nationalität|Herkunft|Heimat|Rente|Beförderung|Probezeit|Kündigung|Gehalt|"
    "Gehaltserhöhung|Bonus|Versetzung|Wechsel|Abschlussarbeit|Ausbildung|Praktikum)"
)
_BEING: Final = (
    "(?:schwanger|(?:schwer)?behindert|taub|gehörlos|blind|schwul|lesbisch|trans|Muslim(?:in|a)?|Jude|Jüdin|"
    "geschieden|verwitwet|alleinerziehend|krank|krankgeschrieben|in Teilzeit|in Elternzeit)"
)
_POST: Final = (
    "(?:Stelle|Posten|Position|Rolle|Vorgänger(?:in)?|Nachfolger(?:in)?|Stellvertret(?:er|erin|ung))"
)
_TOLD: Final = (
    "(?:gesagt|erzählt|geschrieben|erwähnt|gefragt|vorgeschlagen|erklärt|gemeldet|angesprochen|abgelehnt)"
)
_CAME: Final = (
    "(?:angefangen|gekommen|gewechselt|zurückgekommen|eingestellt|befördert|versetzt|weg|anfing|kam|wechselte|"
    "zurückkam)"
)

DATES: Final = (
    rf"\d{{1,2}}\. ?{_MONTH}",
    rf"(?:im|seit|bis|Ende|Anfang|Mitte) (?:letzten |vergangenen )?{_MONTH}",
    rf"(?:(?:am )?(?:letzten|vergangenen|nächsten|kommenden|diesen)|am) {_WEEKDAY}",
)
"""Days and months."""

ONLY_ONES: Final = (
    rf"{_I_AM} (?:hier )?(?:der|die|das) {_RANK}",
    r"als (?:der |die |das )?(?:einzig|jüngst|ältest|neuest|dienstältest)e[nr]?",
    r"(?:niemand|keine?r?) (?:sonst )?außer mir",
    r"außer mir (?:hat|kann|weiß|macht) (?:das )?(?:niemand|keine?r?)",
)
"""Being the only one, or the first, or the newest."""

SAID_BEFORE: Final = (
    rf"wie ich (?:\w{{1,12}} ){{0,3}}{_TOLD}",
    rf"(?:ich habe|habe ich) (?:es |das )?(?:ihm|ihr|ihnen|dir|euch) (?:\w{{1,12}} ){{0,3}}{_TOLD}",
    rf"{_MY} (?:Frage|E-?Mail|Mail|Nachricht|Vorschlag|Beschwerde|Bericht|Vortrag|Präsentation|Ticket)",
)
"""What somebody has said elsewhere."""

ABOUT_ONESELF: Final = (
    rf"{_MY} (?:eigene[nrs]? |neue[nrs]? |alte[nrs]? |erste[nrs]? )?(?:{_KIN}|{_BODY}|{_CAREER})",
    rf"{_I_AM} (?:\w{{1,12}} )?{_BEING}",
    r"als (?:alleinerziehende[r]?|Mutter|Vater|Ausländer(?:in)?|Azubi|Auszubildende[r]?|Werkstudent(?:in)?)",
)
"""What may be true of one person alone."""

WORK_OF_ONE: Final = (
    rf"in {_MY} (?:\w{{1,14}} )?{_POST}",
    rf"{_MY} {_POST}",
    rf"{_I_AM} (?:\w{{1,14}} )?(?:zuständig|verantwortlich) für",
    r"ich (?:leite|verantworte|betreue) (?:das|die|den|unser\w{0,2}|ein\w{0,2})",
)
"""What one person alone is in charge of."""

COMINGS: Final = (
    rf"(?:seit|als|bevor|nachdem|während) ich (?:\w{{1,14}} ){{0,3}}{_CAME}",
    rf"{_MY} (?:erste|letzte|zweite|dritte)[nrsm]? (?:Tag|Woche|Monat|Jahr|Vorstellungsgespräch)",
    r"(?:ich arbeite|arbeite ich|ich bin|bin ich) (?:hier )?(?:schon )?seit",
)
"""When somebody came, went or was away."""
