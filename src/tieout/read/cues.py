"""The words that say how a number is meant: cues, qualifiers. English; data, not logic."""

from __future__ import annotations

TAGS: dict[str, tuple[str, ...]] = {
    "GAAP": ("GAAP", "under GAAP", "on a GAAP basis"),
    "non-GAAP": ("non-GAAP", "non GAAP", "nonGAAP", "adjusted", "excluding items", "excluding one-time items",
                 "ex-items", "adj.", "on an adjusted basis", "excluding special items", "excluding certain items"),
    "diluted": ("diluted",),
    "basic": ("basic",),
    "special": ("organic", "organically", "constant currency", "pro forma", "like-for-like", "annualized",
                "annualised", "run rate", "run-rate", "excluding currency", "currency-neutral"),
}
"""Qualifiers beside a generic name. `special` bases are held for nothing: the claim is left alone."""

CUES: dict[str, tuple[str, ...]] = {
    "yoy": ("year-over-year", "year over year", "YoY", "Y/Y", "yoy", "y/y", "year-on-year", "year on year",
            "from a year ago", "from a year earlier", "from the year-ago", "than a year ago", "than a year earlier",
            "from the prior year", "from last year", "from the same period", "from the same quarter",
            "over the same period", "over last year", "over the prior year", "compared with last year",
            "compared to last year", "versus last year", "vs. last year", "from the year earlier",
            "compared to a year ago", "compared with a year ago", "versus a year ago", "compared with a year earlier",
            "compared to a year earlier", "versus a year earlier", "from the prior-year", "on the year",
            "than in the year-ago", "over the year-ago", "over the prior-year", "over the year", "annual increase",
            "annual growth", "annual gain", "annual jump", "annual decline", "annual drop", "annually", "from one year ago", "versus the prior year",
            "compared with the prior year", "compared to the prior year", "versus the prior-year",
            "compared with the year-ago", "compared to the year-ago", "from the previous year", "than the year before",
            "than last year", "than the prior year", "than in the prior year", "from the year before",
            "compared with the same period", "compared to the same period", "compared with the same quarter",
            "compared to the same quarter", "versus the same quarter", "in a year", "in the past year", "over the past year",
            "within a year", "from year-ago", "year-over-year basis", "in twelve months", "over twelve months", "in one year"),
    "qoq": ("sequentially", "sequential", "quarter-over-quarter", "quarter over quarter", "QoQ", "Q/Q", "qoq", "q/q",
            "quarter-on-quarter", "quarter on quarter", "from last quarter", "from the prior quarter",
            "from the previous quarter", "from the preceding quarter", "from a quarter earlier",
            "from a quarter ago", "during the quarter", "than last quarter", "than the previous quarter",
            "than the prior quarter", "over the prior quarter", "over the previous quarter", "from three months earlier",
            "from three months ago", "versus the prior quarter", "compared to the prior quarter",
            "compared with the prior quarter", "compared with the previous quarter", "compared to the previous quarter",
            "on the quarter", "in a single quarter", "in one quarter", "within the quarter", "in just one quarter",
            "compared to last quarter", "compared with last quarter", "in three months"),
    "up": ("up", "rose", "rise", "rises", "rising", "increased", "increase", "increases", "increasing", "grew",
           "grow", "grows", "growing", "growth", "jumped", "jump", "jumps", "jumping", "surged", "surge", "surges",
           "surging", "soared", "soar", "soaring", "climbed", "climb", "climbs", "climbing", "gained", "gain",
           "gains", "advanced", "expanded", "expansion", "expanding", "higher", "improved", "improvement",
           "improving", "accelerated", "leap", "leapt", "leaped", "spike", "spiked", "skyrocketed", "uptick",
           "rocketed", "swelled", "ballooned", "upturn", "hike", "raise", "bigger", "larger", "greater", "ramped",
           "more than a year ago", "boost", "boosted", "rebounded", "exploded", "vaulted", "ahead of", "lifting", "boosting", "pushing", "driving", "sending", "lifted", "raised", "raising", "hiked"),
    "down": ("down", "fell", "fall", "falls", "falling", "decreased", "decrease", "decreases", "decreasing",
             "declined", "decline", "declines", "declining", "dropped", "drop", "drops", "dropping", "slipped",
             "slip", "slips", "slid", "shrank", "shrink", "shrinking", "contracted", "contraction", "contracting",
             "lower", "dipped", "dip", "narrowed", "plunged", "plunge", "tumbled", "tumble", "slumped", "slump",
             "compressed", "compression", "eroded", "erosion", "weakened", "retreated", "eased", "smaller", "less than a year ago",
             "softened", "sank", "slowdown", "cratered", "behind", "losing", "lost", "shed", "squeezed", "trimmed", "cutting", "lowered", "slashed", "cut"),
    "consensus": ("consensus", "consensus estimate", "consensus estimates", "estimate", "estimates", "analysts",
                  "analyst", "Wall Street", "the Street", "Street", "expectations", "expectation", "analysts'",
                  "expected by analysts", "analysts expected", "analysts wanted", "analysts had expected",
                  "analysts project", "analysts forecast", "analyst estimates", "than expected", "the expected",
                  "forecast by analysts", "FactSet", "LSEG", "Refinitiv", "Visible Alpha", "projections",
                  "analysts were looking for", "had penciled in", "penciled in", "what analysts", "Zacks"),
    "guidance": ("guidance", "guided", "guides", "guiding", "guide", "outlook", "forecast", "forecasts", "forecasting", "forecasted", "expects",
                 "expect", "expecting", "is expected", "are expected", "expected to", "anticipates", "anticipate",
                 "anticipated", "projects", "projected", "projecting", "projection", "sees", "is seen", "seen at", "plans", "planning to", "looks for",
                 "looking for", "calls for", "called for", "targets", "targeting", "target", "midpoint", "mid-point",
                 "full-year view", "EPS view", "sales view", "revenue view", "profit view", "should", "aims", "aiming for", "predicts", "predicted", "foresees", "now expects", "full-year target"),
    "modal": ("will", "can", "likely", "on track to", "on pace", "poised to", "set to", "hopes", "opportunity", "believe", "believes"),
    "conjecture": ("could", "may", "might", "would", "potentially", "roadmap", "ambition", "if", "possible", "assume", "assumes", "scenario",
                   "assuming", "we think", "I think", "imagine", "suppose", "bull case", "bear case", "hypothetical", "in theory", "should it"),
    "opinion": ("is a buy", "is a strong buy", "strong buy", "a compelling buy", "buy rating", "is a sell", "is a hold", "is undervalued", "is overvalued",
                "undervalued", "overvalued", "a compelling investment", "should buy", "should sell", "we recommend", "our favorite", "must-own",
                "a no-brainer", "looks cheap", "looks expensive", "a bargain", "buy now", "attractive entry point", "upside potential"),
    "exceeds": ("exceeds", "exceeded", "exceeding", "exceed", "surpassed", "surpasses", "surpassing", "surpass",
                "above", "outstripped", "outpaced", "outpacing", "eclipsed", "eclipsing", "eclipses", "larger than",
                "greater than", "bigger than", "passed", "higher than", "dwarfs", "dwarfed", "tops", "topped", "more than all of", "more than the entire", "outweighs", "overtook", "overtaken", "outstrips", "in excess of"),
    "below": ("below", "smaller than", "lower than", "less than all of", "trails", "trailed", "falls short of", "fell short of", "short of", "under"),
    "beat": ("beat", "beats", "beating", "missed", "misses", "missing", "topping", "ahead of", "short of"),
    "market": ("price target", "shares", "stock"),
}
"""What a cue says of the numbers beside it. Words may carry several cues; the longest name wins."""

CHANGE_VERBS_DOUBLE = {"doubled": 2, "doubling": 2, "tripled": 3, "tripling": 3, "quadrupled": 4, "quadrupling": 4}

TRANSITIVE = frozenset(["lifting", "boosting", "pushing", "driving", "sending", "lifted", "raised", "raising", "hiked", "boosted", "trimmed", "cutting",
                        "lowered", "slashed", "cut", "raises", "lifts", "boosts"])
"""Change words whose subject stands between them and the number: "lifting ISG revenue 38%"."""
