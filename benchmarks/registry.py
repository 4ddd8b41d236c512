"""Writes a registry of training programs to measure on: any number of rows, the same rows every time.

    python benchmarks/registry.py OUT... [--rows 2000000] [--seed 1] [--dirty 0.0]

OUT ends in .parquet or .csv. Rows are made a chunk at a time, so memory stays small; row 7 of a million is row 7 of ten.
Every figure is drawn from quantiles and shares of four public lists, given below; no row or name of theirs is used.
With --dirty that share of rows is spoilt, by a percentage where a share belongs or by a code where a word does.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import polars as pl

CHUNK = 100_000
SLOTS = 2_000  # steps to which shares are rounded

# ---------------------------------------------------------------------------------------------------------------------
# What the lists say. Quantiles stand at 0, 5 … 95 and 99 %: the last hundredth of these lists is mistakes.
# Values that mean "unknown" (0 or 99999 weeks, 0 hours, -99999, ERROR) were left out and are counted as missing.

LISTS = ("texas", "new-jersey", "california", "cirr")
ROWS = (6245, 4499, 3266, 67)  # rows of each whole list, by which they are mixed
Figures = tuple[float, ...] | None

QUANTILES: Mapping[str, tuple[Figures, Figures, Figures, Figures]] = {
    "cost.tuition": (
        # Texas list of March 2024, 392 rows: tuition and fees in one
        (0, 628, 960, 1312, 1518, 1895, 2150, 2594, 2997, 3350, 3695, 4095, 4500, 5052, 5648, 6358, 8282, 9745, 12090, 17190, 39023),
        # New Jersey list, 198 rows
        (0, 251, 393, 623, 1000, 1278, 1518, 1957, 2500, 2810, 3512, 3750, 3999, 4000, 4600, 5869, 7120, 9920, 20176, 23790, 33016),
        # California list of August 2026, 60 rows
        (0, 122, 398, 690, 860, 1024, 1260, 1293, 1758, 1890, 1958, 2216, 2977, 3085, 3795, 5666, 5970, 9001, 10922, 12479, 18150),
        # CIRR reports, 67 rows: price recorded beside the report
        (2000, 9540, 9540, 9540, 9572, 15500, 16300, 16500, 16500, 16500, 16500, 16500, 17100, 20925, 20925, 22500, 22500, 22500, 22500, 25000, 25000),
    ),
    "cost.fees": (
        None,
        # New Jersey, 196 of 198 rows: two fees above 57,000 are mistakes
        (0, 0, 0, 0, 0, 0, 0, 25, 72, 75, 75, 75, 100, 100, 125, 150, 190, 282, 400, 956, 2654),
        None,
        None,
    ),
    "cost.materials": (
        # Texas, 392 rows: books and supplies
        (0, 0, 0, 0, 0, 0, 0, 60, 150, 224, 250, 376, 500, 654, 937, 1200, 1574, 2000, 2500, 3500, 4116),
        # New Jersey, 198 rows: books and materials, supplies and tools
        (0, 0, 0, 0, 0, 0, 0, 0, 58, 100, 130, 195, 215, 301, 400, 519, 626, 1000, 1754, 2326, 3234),
        # California, 60 rows: supplies
        (0, 0, 0, 0, 0, 211, 247, 296, 584, 705, 873, 972, 1055, 1064, 1215, 1372, 1530, 1759, 2119, 2324, 12725),
        None,
    ),
    "time.duration_weeks": (
        # Texas, 343 of 392 rows
        (1, 1, 4, 6, 8, 10, 13.6, 16, 21, 26, 32, 32, 32, 42, 48, 52, 60, 64, 74, 91.9, 147.5),
        # New Jersey, 198 rows: an ordinal of ten lengths, spread over the weeks that each stands for
        (0.2, 1.9, 4.3, 5.5, 6.7, 8, 9.2, 10.4, 14, 15.7, 17.5, 19.3, 21, 28, 32.5, 36.9, 41.3, 45.7, 50.1, 72.9, 96.6),
        # California, 55 of 60 rows
        (1, 7.8, 11.4, 13, 14.6, 15.5, 16, 17.8, 19.6, 20, 20, 22, 26, 26.1, 31.6, 38, 42.4, 52, 89, 105.6, 203.8),
        # CIRR, 56 of 67 rows: calendar days divided by seven
        (11, 11.8, 13.2, 13.6, 13.6, 13.6, 13.6, 13.6, 13.6, 13.6, 14.3, 14.4, 17.1, 24.1, 28.6, 28.6, 28.6, 30.7, 31.4, 31.4, 38.6),
    ),
    "time.instruction_hours": (
        # Texas, 388 of 392 rows
        (5, 24, 48, 69, 98, 120, 148, 160, 209, 288, 348, 416, 480, 576, 687, 804, 971, 1280, 1436, 1600, 2281),
        # New Jersey, 196 of 198 rows
        (6, 23, 38, 50, 70, 87, 98, 120, 160, 200, 240, 250, 300, 360, 400, 503, 720, 900, 1200, 1388, 1986),
        # California, 55 of 60 rows: hours a week by weeks
        (8, 54, 123, 180, 195, 225, 300, 358, 360, 494, 500, 518, 528, 551, 600, 769, 800, 1182, 2252, 3960, 7800),
        None,
    ),
    "outcomes.completion_rate": (
        None,
        None,
        # California, 46 of 60 rows
        (0.25, 0.42, 0.5, 0.518, 0.52, 0.552, 0.57, 0.605, 0.64, 0.68, 0.72, 0.738, 0.75, 0.865, 0.895, 0.915, 0.95, 0.97, 1, 1, 1),
        # CIRR, 67 rows: graduated on time
        (0.481, 0.59, 0.619, 0.698, 0.757, 0.81, 0.824, 0.857, 0.87, 0.884, 0.893, 0.898, 0.914, 0.93, 0.936, 0.947, 0.951, 0.955, 0.957, 0.99, 1),
    ),
    "outcomes.completion_rate.n": (
        None,
        None,
        # California, 46 rows: all who left
        (9, 11, 14, 16, 21, 27, 62, 79, 123, 191, 210, 230, 245, 274, 291, 311, 325, 397, 425, 474, 705),
        # CIRR, 67 rows: graduates
        (3, 9, 14, 15, 16, 21, 24, 31, 37, 40, 42, 46, 52, 58, 62, 70, 83, 91, 105, 121, 132),
    ),
    "outcomes.placement_rate": (
        None,
        # New Jersey outcomes by provider and field, 1,089 of 1,565 rows: employed in the second quarter
        (0, 0.126, 0.315, 0.4, 0.489, 0.52, 0.571, 0.6, 0.636, 0.667, 0.701, 0.714, 0.742, 0.766, 0.786, 0.8, 0.823, 0.851, 0.875, 0.926, 1),
        # California, 41 of 60 rows
        (0.15, 0.46, 0.46, 0.51, 0.52, 0.56, 0.59, 0.62, 0.63, 0.66, 0.68, 0.69, 0.69, 0.71, 0.71, 0.75, 0.8, 0.81, 0.94, 1, 1),
        # CIRR, 67 rows: in the field within 180 days
        (0.428, 0.602, 0.634, 0.686, 0.702, 0.742, 0.762, 0.774, 0.79, 0.81, 0.815, 0.828, 0.837, 0.849, 0.861, 0.875, 0.891, 0.905, 0.929, 0.939, 0.964),
    ),
    "outcomes.placement_rate.n": (
        None,
        # New Jersey, 1,089 rows: completers; California, 46 rows: all who left; CIRR, 67 rows: graduates
        (5, 5, 7, 8, 9, 11, 13, 15, 17, 20, 24, 27, 33, 41, 48, 62, 76, 95, 133, 208, 404),
        (9, 11, 14, 16, 21, 27, 62, 79, 123, 191, 210, 230, 245, 274, 291, 311, 325, 397, 425, 474, 705),
        (3, 9, 14, 15, 16, 21, 24, 31, 37, 40, 42, 46, 52, 58, 62, 70, 83, 91, 105, 121, 132),
    ),
    "outcomes.median_earnings": (
        None,
        # New Jersey, 909 of 1,565 rows: pay in the second quarter
        (296, 2628, 3328, 3746, 4073, 4439, 4750, 5011, 5312, 5520, 5828, 6141, 6465, 6794, 7213, 7870, 8519, 9278, 10229, 13675, 19597),
        # California, 38 of 60 rows: a quarter's
        (3475, 4940, 5000, 5000, 8379, 8825, 9275, 9854, 10110, 10373, 10700, 11653, 11900, 11960, 12103, 12868, 14501, 15483, 15627, 18134, 21261),
        # CIRR, 67 rows: a year's
        (37440, 46602, 51200, 54850, 55832, 57060, 59500, 60000, 62160, 65000, 65000, 65950, 69700, 70450, 72840, 75000, 82000, 86850, 112600, 127100, 138416),
    ),
    "outcomes.median_earnings.n": (
        None,
        # New Jersey, 909 rows: wages used; California, 41 rows: employed
        (5, 5, 6, 7, 8, 9, 11, 13, 15, 16, 19, 22, 27, 33, 41, 49, 59, 76, 100, 148, 311),
        (5, 9, 11, 13, 16, 21, 33, 37, 47, 63, 77, 97, 109, 120, 129, 139, 156, 180, 236, 388, 588),
        # CIRR, 67 rows: graduates by the share placed
        (2, 7, 11, 12, 13, 17, 19, 25, 30, 32, 34, 37, 42, 47, 50, 56, 67, 74, 85, 98, 107),
    ),
}  # fmt: skip

STATED: Mapping[str, tuple[float, float, float, float]] = {
    # the share of rows that state a figure, where not all do; in California and CIRR lengths lack where one sets the pace
    "time.duration_weeks": (343 / 392, 1.0, 1.0, 1.0),
    "time.instruction_hours": (388 / 392, 196 / 198, 1.0, 0.0),
    # New Jersey: 143 of 198 programs have outcomes at all, of which 1,089 of 1,565 are not suppressed, 909 with pay
    "outcomes.completion_rate": (0.0, 0.0, 46 / 60, 1.0),
    "outcomes.placement_rate": (0.0, 143 / 198 * 1089 / 1565, 41 / 60, 1.0),
    "outcomes.median_earnings": (0.0, 143 / 198 * 909 / 1565, 38 / 60, 1.0),
}

# The share of rows whose weeks and price have the rank of their hours: Spearman's rank correlation of hours with
# price (Texas, 340 rows; New Jersey, 198 rows; the others too few).
TOGETHER = (0.50, 0.80, 0.60, 0.60)

Shares = Mapping[Any, float]
NONE: Shares = {None: 1}
KINDS: Sequence[Shares] = (  # kind and award, by what the program leads to
    {
        ("certificate", "certificate"): 233, ("certificate", "none"): 43, ("certificate", "secondary"): 9,
        ("micro-credential", "none"): 12, ("degree", "associate"): 31, ("degree", "bachelor"): 6,
        ("apprenticeship", "certificate"): 46, ("licence-training", "certificate"): 12,
    },
    {
        ("certificate", "certificate"): 136, ("certificate", None): 24, ("licence-training", "certificate"): 30,
        ("licence-training", None): 3, ("degree", "associate"): 4, ("degree", "bachelor"): 1,
    },
    {("certificate", None): 59, ("apprenticeship", None): 1},
    {("bootcamp", None): 67},
)  # fmt: skip
MODALITIES: Sequence[Shares] = (
    {"in-person": 144, "hybrid": 133, "online": 104, None: 11},
    {"in-person": 114, "online": 74, None: 10},
    {"in-person": 36, "online": 15, "hybrid": 9},
    {"in-person": 43, "online": 24},
)
PACING: Sequence[Shares] = (NONE, NONE, {None: 55, "self-paced": 5}, {"cohort": 56, "self-paced": 11})
BODIES: Sequence[Shares] = (  # New Jersey: approval by others than the state, 79 of 198 rows, as it is written there
    NONE,
    {
        None: 119, "Microsoft; CompTIA": 19, "Middle States Association of Colleges and Schools": 10,
        "Accrediting Commission of Career Schools and Colleges": 3, "ACCSC": 4, "MSA-CESS; CAAHEP": 7,
        "Council on Occupational Education": 5, "State Board of Nursing": 5, "ABHES": 4, "CARF": 2,
        "American Association of Drugless Practitioners": 7, "American Massage Therapy Association": 3,
        "Accrediting Council for Independent Colleges and Schools": 3, "Office of Higher Education": 3,
        "National Healthcareer Association": 1, "Microsoft; Oracle; IBM": 1, "Department of Health": 1, "WIOA YOUTH": 1,
    },
    NONE,
    {"Council on Integrity in Results Reporting": 1},
)  # fmt: skip
PERIODS = (None, "quarter", "quarter", "year")

OCCUPATIONS = {  # first occupation of 440 programs that state one, Texas and California: how many programs each code has
    26: "31-9092",
    17: "51-4121",
    13: "29-1141",
    11: "29-2061 31-1131 43-3031 53-3032",
    10: "31-9097",
    9: "15-1142 29-2071 49-9021",
    8: "15-1151 31-1014",
    7: "15-1152 43-6013 43-6014",
    6: "11-9199 17-3024 29-2052 47-2111",
    5: "11-1021 15-1212 15-1231 15-1232 49-3011 49-3031",
    4: "11-3021 15-1122 25-2022 31-9091 43-6011 47-2061 47-2152",
    3: "15-1143 15-1199 17-3029 27-4032 31-2021 31-9096 39-9011 47-2031 49-2094 49-3023 49-9041 51-8091",
    2: "11-3071 11-9111 13-1081 13-1111 13-2011 15-1121 15-1252 15-1254 15-1255 15-2051 17-3023 17-3026 17-3031 25-2021 "
    "27-2012 29-2012 29-2055 29-2072 29-9021 31-9011 33-3012 35-2012 39-2011 39-2021 43-4051 47-2231 49-3010 49-9043 "
    "51-4041 51-4120",
    1: "11-1005 11-2011 11-3010 11-3011 11-9121 11-9161 13-1051 13-1071 13-1082 15-1131 15-1134 15-1221 15-1250 15-1251 "
    "15-1299 15-2031 17-2112 17-3019 19-1031 19-4043 21-1011 21-1015 21-2011 23-2010 23-2011 23-2091 25-1071 25-2012 "
    "25-2031 25-2057 25-9041 27-1014 27-1019 27-1023 27-1024 27-3022 29-1126 29-2034 29-2041 29-2042 31-1100 31-1130 "
    "31-1132 31-2011 31-2022 31-9093 33-9021 33-9032 35-2010 35-2014 35-3041 35-9011 39-5011 39-5012 39-5094 41-2031 "
    "41-4012 43-1011 43-3011 43-5011 43-5032 43-6012 43-9011 43-9061 45-2091 45-4029 47-1011 47-2141 47-5022 49-2021 "
    "49-2093 49-9051 49-9052 49-9062 49-9069 49-9070 51-2092 51-4012 51-4122 51-8030 51-9061 51-9121 53-3011 53-3021 "
    "53-7021 53-7062 55-2013",
}
FREQUENCY = {code: n for n, codes in OCCUPATIONS.items() for code in codes.split()}
CODES = sorted(FREQUENCY)
BOOTCAMP_CODES = {"15-1254": 44, "15-1252": 13, "15-2051": 6, "15-1255": 4}  # CIRR: by what 67 programs are called
# rows with one code, and of the others those with two; Texas, 380 rows, also for New Jersey and CIRR, which have none
ALONE = (291 / 380, 291 / 380, 36 / 60, 291 / 380)
PAIRS = (61 / 89, 61 / 89, 15 / 24, 61 / 89)

SKILLS_STATED = (0.3, 0.3, 0.3, 61 / 67)  # only CIRR states skills; the others' share is assumed

# ---------------------------------------------------------------------------------------------------------------------
# Plain words. Topics and skills go by the first two digits of the occupation.

FIELDS = {
    "11": "Team Leading,Office Management,Project Planning,Budgets|Planning,Budgeting,Leadership,Scheduling,Reporting,Negotiation,Hiring,Risk,Quality,Spreadsheets",
    "13": "Bookkeeping,Purchasing,Payroll,Supply Planning|Spreadsheets,Accounting,Payroll,Invoicing,Auditing,Forecasting,Purchasing,Tax,Reporting,Negotiation",
    "15": "Programming,Networks,Data Analysis,Web Building,Cloud Basics|SQL,Git,Python,Java,HTML,CSS,REST APIs,Automated testing,Linux,Networking",
    "17": "Drafting,Surveying,Electronics,Machine Design|Drawing,Measuring,Circuits,Surveying,Geometry,Materials,Modelling,Testing,Safety,Reporting",
    "19": "Laboratory Work,Field Sampling|Sampling,Statistics,Safety,Microscopy,Reporting,Chemistry,Biology,Mapping,Records,Calibration",
    "21": "Counselling Support,Community Work|Listening,Case notes,Referral,Ethics,Group work,Crisis care,Records,Interviewing,Planning,Languages",
    "23": "Legal Support,Court Records|Legal research,Drafting,Filing,Records,Interviewing,Ethics,Typing,Scheduling,Contracts,Proofreading",
    "25": "Teaching Support,Early Learning|Lesson planning,Classroom care,Assessment,Reading,Safeguarding,Play,Records,Speaking,Technology,Special needs",
    "27": "Graphic Design,Film Editing,Sound|Typography,Layout,Editing,Lighting,Sound,Animation,Colour,Storyboards,Photography,Writing",
    "29": "Nursing,Pharmacy Support,Imaging,Emergency Care|Anatomy,Patient care,Medication,Records,Hygiene,First aid,Imaging,Phlebotomy,Ethics,Vital signs",
    "31": "Ward Care,Medical Office,Dental Support,Home Care|Patient care,Hygiene,Vital signs,Records,Phlebotomy,Scheduling,Billing,First aid,Lifting,Communication",
    "33": "Security Work,Fire Service|Patrol,First aid,Reporting,Radio,Law,Restraint,Fire safety,Driving,Observation,Fitness",
    "35": "Kitchen Work,Baking,Food Service|Food safety,Baking,Knife work,Menus,Costing,Service,Hygiene,Stock,Teamwork,Nutrition",
    "39": "Hair Care,Skin Care,Fitness,Child Care|Hygiene,Cutting,Colouring,Massage,Customer care,Safety,Anatomy,Nutrition,Scheduling,Sales",
    "41": "Selling,Shop Work|Customer care,Cash handling,Stock,Display,Negotiation,Prospecting,Records,Service,Telephone,Marketing",
    "43": "Office Skills,Billing,Front Desk|Typing,Spreadsheets,Filing,Billing,Scheduling,Telephone,Customer care,Coding of records,Writing,Payroll",
    "45": "Forestry,Farm Work|Planting,Machinery,Felling,Soil,Irrigation,Safety,Animal care,Harvest,Records,Driving",
    "47": "Wiring,Plumbing,Carpentry,Painting,Solar|Blueprints,Measuring,Wiring,Pipe fitting,Framing,Safety,Tools,Estimating,Codes,Finishing",
    "49": "Engine Repair,Heating and Cooling,Lift Repair|Diagnosis,Brakes,Engines,Refrigerants,Wiring,Hydraulics,Safety,Tools,Electronics,Records",
    "51": "Welding,Machining,Plant Control|Arc welding,Blueprints,Milling,Turning,Measuring,Safety,Cutting,Inspection,Maintenance,Quality",
    "53": "Truck Driving,Forklifts,Flight|Driving,Inspection,Logs,Loading,Safety,Navigation,Backing,Maintenance,Law,Planning",
    "55": "Signals,Field Support|Radio,Mapping,First aid,Maintenance,Leadership,Records,Safety,Logistics,Fitness,Observation",
}
LEVELS = ("Introduction to", "Basic", "Applied", "Practical", "Advanced", "Evening", "Weekend", "Accelerated", "Modern")
FORMS = ("Certificate", "Course", "Training", "Program", "Workshop", "Diploma", "Academy", "Pathway")
PLACES = (
    "Oak Elm Ash Pine Cedar Maple Willow Birch Stone Clear Bright North South East West Upper Lower Long High Green Red "
    "White Black Silver Golden Quiet Wide Old New Far Mill Ferry Bridge Market Harbor Prairie|"
    "River Lake Valley Hill Ridge Creek Field Meadow Grove Point Bay Falls Springs Forest Plain Canyon Mesa Island Shore "
    "Park Gate Crossing Landing Hollow Summit Heights Brook Glen Haven Port Orchard Garden Pass Basin Rock Fork"
)
FIRST, SECOND = (tuple(words.split()) for words in PLACES.split("|"))
HOUSES = ("College", "Institute", "Training Center", "Career School", "Academy", "Technical College", "Learning Trust")

COLUMNS = (
    "name", "provider", "kind", "cost.currency", "cost.tuition", "cost.fees", "cost.materials", "time.duration_weeks",
    "time.instruction_hours", "time.pacing", "time.modality", "recognition.designations", "accreditation.bodies",
    "content.occupations", "content.skills", "content.award", "outcomes.completion_rate", "outcomes.completion_rate.n",
    "outcomes.completion_rate.tier", "outcomes.placement_rate", "outcomes.placement_rate.n",
    "outcomes.placement_rate.tier", "outcomes.median_earnings", "outcomes.median_earnings.n",
    "outcomes.median_earnings.tier", "outcomes.median_earnings.period",
)  # fmt: skip
OUTCOMES = {"outcomes.completion_rate": 3, "outcomes.placement_rate": 3, "outcomes.median_earnings": 0}  # digits
DESIGNATIONS = {
    "apprenticeship": "wioa-etpl;registered-apprenticeship", "licence-training": "wioa-etpl;satisfies-licence",
}  # fmt: skip

# ---------------------------------------------------------------------------------------------------------------------
# Drawing: a row's random numbers depend on its number, the seed and the name of what is drawn, and on nothing else.


def _bits(value: int) -> pl.Expr:
    return pl.lit(value % 2**64, dtype=pl.UInt64)


def _mixed(z: pl.Expr) -> pl.Expr:
    """The finishing steps of SplitMix64: every bit of the input turns half of the bits of the output."""
    z = (z ^ (z // _bits(2**30))) * _bits(0xBF58476D1CE4E5B9)
    z = (z ^ (z // _bits(2**27))) * _bits(0x94D049BB133111EB)
    return z ^ (z // _bits(2**31))


def draw(name: str, seed: int) -> pl.Expr:
    """An even random number from 0 to below 1 for each row, by what it is for."""
    stream = int.from_bytes(name.encode(), "big") * 0x9E3779B97F4A7C15 + seed * 0xD1342543DE82EF95
    z = _mixed(_mixed(pl.col("row") * _bits(0x9E3779B97F4A7C15) + _bits(stream)))
    return (z // _bits(2**11)).cast(pl.Float64) / 2.0**53


def _table(values: Sequence[Any], at: pl.Expr) -> pl.Expr:
    return pl.lit(pl.Series(values)).gather(at)


def _step(u: pl.Expr, steps: int) -> pl.Expr:
    return (u * steps).floor().cast(pl.Int64)


def spread(shares: Shares, slots: int = SLOTS) -> list[Any]:
    """Each value as often as its share of the slots asks for."""
    total, reached, found = sum(shares.values()), 0.0, list[Any]()
    for value, share in shares.items():
        reached += share
        found += [value] * (round(reached / total * slots) - len(found))
    return found


def chosen(shares: Sequence[Shares], u: pl.Expr) -> pl.Expr:
    """A value by the shares of the row's list."""
    slots = [value for one in shares for value in spread(one)]
    return _table(slots, pl.col("list") * SLOTS + _step(u, SLOTS))


def by_list(values: Sequence[Any]) -> pl.Expr:
    return _table(list(values), pl.col("list"))


def figure(name: str, u: pl.Expr, digits: int) -> pl.Expr:
    """A number between the quantiles of the row's list, null where it has none."""
    points = [x for figures in QUANTILES[name] for x in (map(float, figures) if figures else [None] * 21)]
    at = pl.col("list") * 21 + _step(u, 20)
    low, high = _table(points, at), _table(points, at + 1)
    found = (low + (high - low) * ((u * 20) % 1.0)).round(digits)
    return found if digits else found.cast(pl.Int64)


# ---------------------------------------------------------------------------------------------------------------------
# The columns.


def _kin(code: str, further: int) -> str:
    """Another code of the same field, some places on."""
    field = [c for c in CODES if c[:2] == code[:2]]
    return field[(field.index(code) + further) % len(field)]


def _subsets(skills: Sequence[str]) -> list[str]:
    return [";".join(some) for size in (3, 4, 5, 6) for some in combinations(skills, size)]


class Registry:
    """The registry of one seed: its columns as expressions over the numbers of its rows."""

    def __init__(self, seed: int = 1, dirty: float = 0.0) -> None:
        self.seed, self.dirty = seed, dirty
        self.draws: dict[str, pl.Expr] = {}
        self.mixed = _table(spread(dict(enumerate(ROWS))), _step(self.u("list"), SLOTS)).cast(pl.Int64)
        self.ranks = self._ranks()
        self.columns = {**self._about(), **self._content(), **self._figures()}
        self.wrong = self.u("dirty") < dirty

    def rows(self, first: int, count: int) -> pl.DataFrame:
        """Some rows, by the number of the first (0 is the first row below the header)."""
        numbers = pl.select(row=pl.int_range(first, first + count, dtype=pl.UInt64))
        frame = numbers.with_columns(**self.draws).with_columns(list=self.mixed).with_columns(**self.ranks)
        found = frame.select(self.columns[name].alias(name) for name in COLUMNS)
        return self._spoilt(found, frame) if self.dirty else found

    def chunks(self, count: int) -> Iterator[pl.DataFrame]:
        """So many rows from the first, a chunk at a time."""
        for first in range(0, count, CHUNK):
            yield self.rows(first, min(CHUNK, count - first))

    def u(self, name: str) -> pl.Expr:
        """A random number for each row, by what it is for."""
        self.draws[f"u {name}"] = draw(name, self.seed)
        return pl.col(f"u {name}")

    def word(self, words: Sequence[str], name: str) -> pl.Expr:
        """One of some words for each row."""
        return _table(words, _step(self.u(name), len(words)))

    def _ranks(self) -> dict[str, pl.Expr]:
        """What several columns go by."""
        u = self.u
        codes = [CODES.index(c) for c in spread(FREQUENCY)] * 3 + [CODES.index(c) for c in spread(BOOTCAMP_CODES)]
        kinds = [{f"{kind}|{award or ''}": n for (kind, award), n in one.items()} for one in KINDS]
        return {
            "code": _table(codes, pl.col("list") * SLOTS + _step(u("code"), SLOTS)),
            "kind": chosen(kinds, u("kind")).str.split("|"),
            "pacing": chosen(PACING, u("pacing")),
            "cohort": u("cohort"),
            "outcomes": u("outcomes"),
            "length": u("length"),
            "weeks": pl.when(u("together") < by_list(TOGETHER)).then(u("length")).otherwise(u("weeks")),
            "price": pl.when(u("together in price") < by_list(TOGETHER)).then(u("length")).otherwise(u("price")),
        }

    def _about(self) -> dict[str, pl.Expr]:
        topics = {field: words.split("|")[0].split(",") for field, words in FIELDS.items()}
        topic = _table(
            [topic for code in CODES for topic in spread(dict.fromkeys(topics[code[:2]], 1), 60)],
            pl.col("code") * 60 + _step(self.u("topic"), 60),
        )
        name = "{} {} {} {} {}"
        places = len(FIRST) * len(SECOND)
        # some providers offer much more than others
        owner = _step(self.u("owner") ** 2, places * len(HOUSES) * len(FIRST))
        return {
            "name": pl.format(
                name, self.word(LEVELS, "level"), topic, self.word(FORMS, "form"), self.word(FIRST, "there"),
                self.word(SECOND, "where"),
            ),
            "provider": pl.format(
                "{} {} {} of {}wood",
                _table(FIRST, owner % len(FIRST)),
                _table(SECOND, owner // len(FIRST) % len(SECOND)),
                _table(HOUSES, owner // places % len(HOUSES)),
                _table(FIRST, owner // places // len(HOUSES)),
            ),
            "kind": pl.col("kind").list.get(0),
            "content.award": pl.col("kind").list.get(1).replace("", None),
        }  # fmt: skip

    def _content(self) -> dict[str, pl.Expr]:
        kin = [_kin(code, further) for code in CODES for further in (1, 2, 3)]
        code = _table(CODES, pl.col("code"))
        second, third = (_table(kin, pl.col("code") * 3 + _step(self.u(name), 3)) for name in ("second", "third"))
        sets = [_subsets(words.split("|")[1].split(",")) for words in FIELDS.values()]
        field = _table([list(FIELDS).index(c[:2]) for c in CODES], pl.col("code"))
        skills = _table([s for one in sets for s in one], field * len(sets[0]) + _step(self.u("skills"), len(sets[0])))
        return {
            "content.occupations": pl.when(self.u("alone") < by_list(ALONE)).then(code)
            .when(self.u("paired") < by_list(PAIRS)).then(code + ";" + second)
            .otherwise(code + ";" + second + ";" + third),
            "content.skills": pl.when(self.u("skilled") < by_list(SKILLS_STATED)).then(skills),
            "recognition.designations": pl.when(pl.col("list") < 3).then(  # CIRR is no list of a state
                pl.col("kind").list.get(0).replace_strict(DESIGNATIONS, default="wioa-etpl")),
            "accreditation.bodies": chosen(BODIES, self.u("bodies")),
            "time.pacing": pl.col("pacing"),
            "time.modality": chosen(MODALITIES, self.u("modality")),
        }  # fmt: skip

    def _figures(self) -> dict[str, pl.Expr]:
        found = {
            "cost.currency": pl.lit("USD"),
            "cost.tuition": figure("cost.tuition", pl.col("price"), 0),
            "cost.fees": figure("cost.fees", self.u("fees"), 0),
            "cost.materials": figure("cost.materials", self.u("materials"), 0),
        }
        for name, rank, digits in (("time.duration_weeks", "weeks", 1), ("time.instruction_hours", "length", 0)):
            stated = pl.col("pacing").ne_missing("self-paced") & (self.u(f"has {rank}") < by_list(STATED[name]))
            found[name] = pl.when(stated).then(figure(name, pl.col(rank), digits))
        for name, digits in OUTCOMES.items():
            stated = pl.col("outcomes") < by_list(STATED[name])  # who states pay states placement too
            found[name] = pl.when(stated).then(figure(name, self.u(name), digits))
            found[f"{name}.n"] = pl.when(stated).then(figure(f"{name}.n", pl.col("cohort"), 0))
            found[f"{name}.tier"] = pl.when(stated).then(pl.lit("administrative"))  # wage records, or audited
        paid = found["outcomes.median_earnings"].is_not_null()
        found["outcomes.median_earnings.period"] = pl.when(paid).then(by_list(PERIODS))
        return found

    def _spoilt(self, found: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
        wrong = frame.select(self.wrong).to_series()
        rate, mode = pl.col("outcomes.placement_rate"), pl.col("time.modality")
        return found.with_columns(
            pl.when(wrong & (rate > 0)).then((rate * 100).round(1)).otherwise(rate).alias("outcomes.placement_rate"),
            pl.when(wrong & rate.is_null()).then(pl.lit("INVALID CODE")).otherwise(mode).alias("time.modality"),
        )


def write(path: Path, count: int, registry: Registry) -> None:
    """Write so many rows to a Parquet or CSV file, by its ending."""
    if path.suffix == ".csv":
        with path.open("wb") as file:
            for n, chunk in enumerate(registry.chunks(count)):
                chunk.write_csv(file, include_header=n == 0)
        return
    from polars.io.plugins import register_io_source

    def source(*_: Any) -> Iterator[pl.DataFrame]:
        yield from registry.chunks(count)

    register_io_source(source, schema=registry.rows(0, 1).schema).sink_parquet(path, row_group_size=CHUNK)


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a registry of programs to measure on.")
    parser.add_argument("out", nargs="+", type=Path)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dirty", type=float, default=0.0, help="share of rows with something wrong")
    given = parser.parse_args()
    for path in given.out:
        write(path, given.rows, Registry(given.seed, given.dirty))


if __name__ == "__main__":
    main()
