"""The words of several languages that stand for months and weekdays, for yes and no, and for time zones."""

from __future__ import annotations

_MONTHS = (
    "jan january januar jänner janvier janv enero ene gennaio gen janeiro januari",
    "feb february februar février févr fév fevrier fevr febrero febbraio fevereiro fev februari",
    "mar march märz maerz mär mrz mars marzo março maart mrt",
    "apr april avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei",
    "jun june juni juin junio giugno giu junho",
    "jul july juli juillet juil julio luglio lug julho",
    "aug august août aout aoû agosto ago augustus",
    "sep sept september septembre septiembre setiembre set settembre setembro",
    "oct october okt oktober octobre octubre ottobre ott outubro out",
    "nov november novembre noviembre novembro",
    "dec december dez dezember décembre déc decembre diciembre dic dicembre dezembro",
)
MONTHS = {word: number + 1 for number, words in enumerate(_MONTHS) for word in words.split()}

_WEEKDAYS = (
    "mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday "
    "mo montag di dienstag mi mittwoch do donnerstag fr freitag sa samstag sonnabend so sonntag "
    "lun lundi mar mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche "
    "lunes martes mié mie miércoles miercoles jue jueves vie viernes sáb sab sábado sabado dom domingo "
    "lunedì martedì mercoledì gio giovedì venerdì sabato domenica "
    "seg ter qua qui sex segunda terça quarta quinta sexta "
    "ma maandag dinsdag wo woensdag donderdag vr vrijdag za zaterdag zo zondag"
)
WEEKDAYS = frozenset(_WEEKDAYS.split())

_YES = "yes y true t 1 on x ✓ ✔ checked ja j wahr oui o vrai si sí s sì verdadero vero sim verdadeiro v waar billable"
_NO = (
    "no|n|false|f|0|off|☐|unchecked|nein|falsch|non|faux|falso|não|nao|nee|onwaar|"
    "no charge|do not bill|non-billable|nonbillable|non billable|not billable"
)
YES, NO = frozenset(_YES.split()), frozenset(_NO.split("|"))
"""ConnectWise says Billable, No Charge or Do Not Bill."""

ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "CEST": 120, "EET": 120,
    "EEST": 180, "MSK": 180, "EST": -300, "EDT": -240, "CDT": -300, "MST": -420, "MDT": -360, "PDT": -420,
    "AKST": -540, "AKDT": -480, "HST": -600, "NST": -210, "NDT": -150, "AEST": 600, "AEDT": 660, "ACST": 570,
    "ACDT": 630, "AWST": 480, "NZST": 720, "NZDT": 780, "JST": 540, "SAST": 120, "HKT": 480, "SGT": 480,
}  # fmt: skip
"""Zone -> minutes ahead of UTC, where only one zone goes by that name."""

AMBIGUOUS_ZONES = frozenset({"CST", "IST", "PST", "AST", "SST", "ADT", "AMT", "ECT", "GST", "LMT", "BOT", "ART"})
"""Names that stand for several zones: CST is Chicago, Shanghai and Havana."""
