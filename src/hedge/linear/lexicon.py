"""Words that by themselves say little about a topic and much about certainty, in the groups the features count.

A group is a hint, not a rule: the weights are learned. Forms are listed as they are spelled, since nothing is stemmed.
"""

from __future__ import annotations

__all__ = ["GROUPS_OF"]

GROUPS: dict[str, str] = {
    "say": """
        said says say saying told tells tell claimed claims claim claiming argued argues argue arguing warned warns
        warn warning insisted insists insist insisting denied denies deny denying stated states stating according
        explained explains explaining noted notes added adds adding maintained maintains alleged alleges alleging
        asserted asserts asserting admitted admits acknowledged acknowledges conceded concedes suggested suggests
        replied wrote writes commented remarked declared declares testified recalled recalls quoted cited citing
        predicted predicts contends contended confirmed confirms reported reports reporting described describes
        criticised criticized criticises praised condemned blamed blames hailed accused accuses accusing calls called
        responded mentioned observed tweeted posted emphasized stressed reiterated complained indicated estimates
        estimated concluded concludes reckons reckon""",
    "think": """
        believes believe believed thinks expects expect expected hopes hope hoped fears fear feared considers consider
        considered feels felt regards sees wants worried concerned doubts suspects""",
    "hearsay": """
        reportedly allegedly supposedly apparently purportedly rumoured rumored rumour rumor rumours rumors alleged
        understood thought sources critics analysts officials spokesman spokeswoman spokesperson spokesmen experts
        observers insiders source study survey poll data figures statistics report reports""",
    "modal": "could may might would can",
    "advice": "should must ought shouldn't mustn't",
    "future": "will won't shall",
    "hedge": """
        likely unlikely perhaps possibly potentially probably maybe presumably conceivably seems seem seemed appears
        appear appeared whether if unless unclear uncertain unknown possible probable chance odds risk forecast
        forecasts outlook suggests hint hints hinting signs tends doubt wonder suppose guess bet""",
    "evaluation": """
        best worst great good bad better worse terrible awful pathetic impressive disgrace disgraceful shame shameful
        mistake wrong right brilliant excellent wonderful beautiful ugly stupid foolish absurd ridiculous nonsense
        silly sad sadly unfortunately fortunately thankfully hopefully important crucial essential necessary vital
        interesting remarkable disappointing disappointed love hate hated loved enjoy enjoyable boring dull fine fun
        nice lovely horrible dreadful perfect perfectly simply obviously clearly surely frankly honestly truly really
        quite rather too very deserves deserve fair unfair unacceptable outrageous dangerous scandal farce joke failure
        success triumph tragedy tragic hard easy difficult easier harder valuable useful useless worth worthy problem
        problems powerful weak strong poor rich clever smart elegant healthy toxic evil noble proud pride delight
        delightful charming overrated underrated sense reasonable unreasonable matter matters need needs""",
    "first_person": "i me my mine myself i'm i've i'd i'll we us our ours we're we've we'll",
    "second_person": "you your yours you're you'll you've yourself",
    "negation": """
        not no never nothing nobody none neither nor don't doesn't didn't isn't wasn't aren't won't can't cannot""",
    "date": """
        monday tuesday wednesday thursday friday saturday sunday yesterday today january february march april june july
        august september october november december""",
}

GROUPS_OF: dict[str, tuple[str, ...]] = {}
"""The groups of each word, in lower case with straight apostrophes."""

for _group, _words in GROUPS.items():
    for _word in _words.split():
        GROUPS_OF[_word] = (*GROUPS_OF.get(_word, ()), _group)
