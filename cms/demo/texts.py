"""The words of the example site."""

from typing import Any

HOME = {
    "title": "Know the coast before you land",
    "headline": "Know the coast before you land.",
    "lede": (
        "Short lessons on who decides, who pays and who must approve in the US health market. Each takes about twenty "
        "minutes, and each worksheet puts your own product to the question, so that your answers become a strategy."
    ),
    "note": "Made for Norwegian health technology companies. No US experience is needed to begin.",
    "search_description": (
        "Landfall trains Norwegian health technology companies for the US market: courses at three levels, "
        "worksheets that become a strategy, and advisors who read it."
    ),
}

STAGES = [
    ("Mapping", "You and an advisor look at product, evidence and resources", "A shared picture of where you stand"),
    ("Training", "Courses at your level, workshops with your cohort", "Certificates, and answers about your own case"),
    ("Drafting", "Each worksheet fills a section", "A draft market-entry strategy"),
    ("Review", "An advisor reads, comments, asks for changes", "A text that has met its first critic"),
    ("Recommended", "Entry mode and regions, with the reasons", "A strategy with an advisor’s name under it"),
    ("Implementing", "You carry out the plan, step by step", "Pilots, partners, contracts, with their dates"),
]

SECTIONS: list[dict[str, Any]] = [
    {
        "type": "stages",
        "value": {
            "heading": "The way there",
            "introduction": "Six stages. Each one tells you what is still missing before you can move on.",
            "stages": [{"stage": stage, "what": what, "hold": hold} for stage, what, hold in STAGES],
        },
    },
    {
        "type": "topics",
        "value": {
            "heading": "Scale Clinic, by topic",
            "introduction": "Short talks, courses and documents, gathered under the question they answer.",
        },
    },
    {
        "type": "courses",
        "value": {
            "heading": "Courses at three depths",
            "introduction": "Begin at the depth you know. You can be advanced in evidence and new to reimbursement.",
        },
    },
    {
        "type": "events",
        "value": {
            "heading": "Coming events",
            "introduction": "Open to everybody. Members see workshops and meetings too, when they are signed in.",
        },
    },
    {
        "type": "figure",
        "value": {
            "heading": "Why do this together",
            "introduction": "",
            "value": "68 %",
            "text": (
                "of Norway Health Tech’s members state that they gain great value through the cluster’s international "
                "activities: the highest share among the 19 clusters evaluated. Asked something else, whether their "
                "cluster gives them international relations they would not otherwise have had, 37 % of all members "
                "agree fully or partially, on average."
            ),
            "bars": [
                {"name": "Great value, Norway Health Tech", "percent": 68},
                {"name": "New relations, average of 19 clusters", "percent": 37},
            ],
            "source": (
                "Menon Economics for Innovation Norway, as reported by Norway Health Tech. Two statements of one "
                "survey: 700 members of 19 clusters."
            ),
        },
    },
]

PAGES = [
    ("about", "About", "Where this comes from, how you learn here, and what you see today."),
    ("contact", "Contact", "What helps at once, and what to say when it does not."),
    ("privacy", "Privacy", "What the site knows about you, why, and who can see it."),
    ("accessibility", "Accessibility statement", "What we aim at, how we check, and what does not work yet."),
]
"""Slug, title and introduction of each plain page; its text stands in pages/<slug>.md."""

SETTINGS = {
    "footer_text": "Landfall is a training platform modelled on the USA Next programme and Scale Clinic.",
    "footer_text_nb": "Landfall er en opplæringsplattform etter modell av programmet USA Next og Scale Clinic.",
    "footer_note": (
        "Example content. Companies and people on these pages are made up. Norway Health Tech and Norwegian Smart Care "
        "Cluster have been one cluster since 1 January 2025."
    ),
    "footer_note_nb": (
        "Eksempelinnhold. Bedrifter og personer på disse sidene er oppdiktet. Norway Health Tech og Norwegian Smart "
        "Care Cluster har vært én klynge siden 1. januar 2025."
    ),
    "partners_heading": "Clusters of USA Next",
    "partners_heading_nb": "Klyngene i USA Next",
    "partners": "Norway Health Tech\nNorwegian Smart Care Cluster\nOslo Cancer Cluster\nThe Life Science Cluster",
    "funders_heading": "Funding of USA Next, 2022–2023",
    "funders_heading_nb": "Finansiering av USA Next, 2022–2023",
    "funders": "Viken fylkeskommune\nInnovasjon Norge\nGeneralkonsulat US",
}

LABELS_NB = {"about": "Om", "contact": "Kontakt", "privacy": "Personvern", "accessibility": "Tilgjengelighetserklæring"}
