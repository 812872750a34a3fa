"""The days on which the law changed: every rule that begins or ends then names them from here.

Also a year counted on, as every rule counts it.
"""

import datetime as dt

from investors import statutes

# Consob adopted its regulation 18592 on this day. We know of no earlier offer.
CONSOB_2013 = dt.date(2013, 6, 26)
ECSPR = statutes.ECSPR
STANDARDS_2022 = statutes.STANDARDS_2022
# Consob regulation 22720 was adopted on this day; Italy knows who authorises platforms.
CONSOB_2023 = dt.date(2023, 6, 1)
# The transition ends (art. 48): no offer opens under the national rules any more.
TRANSITION_ENDS = dt.date(2023, 11, 10)
# Consob decision 23656 of 30 July 2025: yearly structured data.
CONSOB_2025 = dt.date(2025, 9, 29)
# The decree-law on innovative start-ups (DL 179/2012), and its reform (L. 193/2024).
START_UPS = dt.date(2012, 10, 20)
# The higher relief as de minimis aid (DL 34/2020, art. 38), which wrote art. 29-bis.
START_UPS_2020 = dt.date(2020, 5, 19)
START_UPS_2024 = dt.date(2024, 12, 18)
# The law of stability for 2016 (L. 208/2015), which made benefit companies.
BENEFIT_COMPANIES = dt.date(2016, 1, 1)

CONSOB = ("consob_2020",)
EUROPE = statutes.EUROPE


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day so many years on, or back; 28 February where that year has no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
