"""A keyword baseline: what lists of words and marks tell about whose word a sentence stands on.

Each sentence falls through the cascade of the annotation guide: signposts and bylines, then report, opinion and
speculation; what none of the lists catches is a fact. Words inside quotation marks are not the writer's, so the
lists see only what stands outside them. Three things are taken from the rest of the document: which quotation is
open, whether a source was just introduced, and whether the document reads as a comment rather than as news, since
in a comment weaker words suffice for an opinion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["label"]

MOSTLY_QUOTED = 0.2
"""A sentence with at least this part of its characters inside quotation marks is a report, whatever its verb."""
COMMENT = 0.2
"""A document is a comment if sentences in the writer's voice outnumber attributions by this part of its sentences."""
TOPIC_WORDS = 12
"""A heading of at most so many words and no verb names a topic."""
LED_IN = 6
"""At most so many sentences after a lead-in that ends in a colon are still the words of the source."""

HIDDEN = "\0"
"""Stands for each character inside quotation marks."""


def _words(alternatives: str) -> re.Pattern[str]:
    """Compile patterns, separated by semicolons, that begin and end at a word boundary."""
    patterns = (" ".join(pattern.split()) for pattern in alternatives.split(";"))
    return re.compile(r"\b(?:" + "|".join(patterns) + r")(?!\w)", re.IGNORECASE)


# --- marks ---

QUOTATION = re.compile(
    r"[“«„][^“”«»„]{1,1500}[”»]"
    r"|(?<![\w.,!?])\"(?=\S)[^\"]{1,1500}[\"”]"
    r"|(?<!\w)‘(?=\w)[^‘“”]{1,600}?[.,!?]’"
    r"|(?<!\w)[‘'](?=\w)[^‘’'\n]+(?:[’']\w[^‘’'\n]*)*[’'](?!\w)"
    r"|^[“\"][^“”\"\n]+$",  # the first paragraphs of a longer quotation are not closed
    re.MULTILINE,
)
CLOSING_MARKS = "”\"’')]*_ "
FINAL_MARKS = ".!?:;”\"'’)"
MONTH_OF_MAY = re.compile(r"(?<=\S )May\b")

# --- skip: not a statement ---

DATELINE = re.compile(r"(?:\w+day, )?(?:[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]+ \d{4})\.?")
SIGNPOST = re.compile(
    r"by [A-Z]\S+(?: [A-Z]\S+){0,3}$|happy \w+[.!]?$|.*\bimage: "
    r"|(?:read more|see also|photo|image|picture|video|audio|credit|click here|hello|hi|elsewhere|full interview"
    r"|good (?:evening|morning|afternoon)|morning,|thank you|god bless you)(?!\w)"
    r"|(?:(?:okay|ok|now|so|but|and|first|right),? )*let[’']s (?:talk|take a|look|turn|start|begin|move|see)\b"
    r"|here (?:is|are) (?:the|a|an|some|three|four|five|how|what)\b",
    re.IGNORECASE,
)
VERB = _words(
    r"""
    [a-z]\w*(?:[^s\W]s|ed|n[’']t); \w+[’'](?:s|re|ll|ve|d|m); is; are; was; were; be; has; have; had; do;
    does; did; will; can; could; may; might; must; should; would; to; not; no; found; say; cancel; win; die;
    hold; plan; call
    """
)

# --- report: somebody else vouches ---

OWN_WORD = _words(
    r"""
    (?:I|we|you)(?:[’'](?:ve|d|m|re))?(?:
    (?:\w+ly|do|also|have|had|still|just|can|would|should|dare|am|was|are))*
    (?:sa(?:y|id|ying)|told|claim\w*|argue\w*|believed?|think|thought|expect\w*|hoped?|fear\w*|noted?|suggest\w*|found|report\w*|admit\w*|estimated?|predict\w*|wrote|added|understand|supposed?);
    that said; (?:said|says|say) (?:nothing|so|no)
    """
)
SAY_VERB = _words(
    r"""
    said; says; saying; told; tells; stat(?:ed|ing); states(?= that|$|:); add(?:ed|s|ing)(?=,| that|:|$);
    claim(?:s|ed|ing); argu(?:es|ed|ing); insist(?:s|ed|ing); denie[sd]; testif(?:ies|ied); assert(?:s|ed);
    contend(?:s|ed); acknowledge[sd]; concede[sd]?; admit(?:s|ted); remark(?:s|ed); quipped; warn(?:s|ed)(?!
    about); not(?:es|ed)(?! for); suggest(?:s|ed); told; indicate[sd]; complain(?:s|ed); retort(?:s|ed);
    counter(?:s|ed); explain(?:s|ed); describe[sd]; predict(?:s|ed); estimate[sd]; wrote(?! for| an?| it);
    tweet(?:s|ed); mentions; mentioned; quoted; commented that; cit(?:es|ed); reiterate[sd];
    emphasi[sz]e[sd]; stressed; point(?:s|ed) out; believes; believed that; expects; fears; worries; hopes
    (?:to|that|the|it); thinks; reckon(?:s|ed); reported(?! on| to| missing| and); reports (?:that|the|a);
    reveal(?:s|ed) (?:that|how); conclude[sd]; swears; proclaim(?:s|ed|ing);
    (?:declared?|announced?|confirmed|confirms|discovered|shows?|observed|replie[sd]|recalled|vowed|hinted|disclosed|concerned|worried)
    that; agrees; doubts that; implie[sd]; imply; suspects; (?:jury|court) hears; quotes \d+;
    characteri[sz]e[sd]; maintains; opine[sd]; confided; boast(?:s|ed) that; joked; lament(?:s|ed);
    speculate[sd]; theori[sz]e[sd]; forecasters
    """
)
RELAYED_JUDGEMENT = _words(
    r"""
    accus(?:es|ed|ing?); criticis?z?e[sd]; condemn(?:s|ed)(?! by); praise[sd]; blam(?:es|ed); hail(?:s|ed);
    denounce[sd]; dismiss(?:es|ed) (?:the|it|as); likened; call(?:ed|ing) (?:it|him|her|them|the \w+|this)
    an?; dubbed; deemed; slammed; rebuked; rejects? the claim
    """
)
NAMED_SOURCE = _words(
    r"""
    according to; reportedly; allegedly; supposedly; purportedly; rumou?rs?; rumou?red to; in the words of;
    one might (?:argue|say); (?:is|are|was|were) (?:widely |also |generally
    )?(?:said|believed|thought|understood|considered|reported|alleged|rumou?red|feared|perceived)
    (?:to|as|that|by|the); it (?:is|was|has been|has also been) (?:\w+
    )?(?:said|believed|reported|claimed|alleged|held|speculated|rumou?red) (?:that|how); there is talk; has
    it that; have it;
    (?:stud(?:y|ies)|research|report|figures|data|documents?|survey|polls?|statistics|estimates|results?|researchers|scientists)
    (?:\w+ly |also
    )?(?:shows?|showed|says?|found|finds|suggests?|suggested|indicates?|reveal(?:s|ed)?|notes?|estimates?|puts?);
    (?:[a-z]+s|people|police|press|media|many|some|they|who|everyone|everybody) (?:\w+ly |also |have |had
    )?(?:say|claim|argue|believe|warn|fear|insist|allege|estimate|accuse|agree|reckon|deny|report that);
    (?:by|on|in) (?:one|his|her|their|the \w+|(?:\S+ ){0,3}\S+[’']s?) (?:own )?(?:\w+
    )?(?:estimate|account|reckoning|view|reading|telling|modelling|words|arithmetic|costing); , say; ,
    reported; word (?:at|on|is|has); chatter; talk of; tipster; per an?; going by the; (?:his|her|its|[’']s)
    (?:view|verdict|position|hunch|argument|answer) (?:is|was); on figures from; to hear; puts the; people
    close to; depending on the source
    """
)
LEAD_IN = _words(
    r"""
    (?:says?|said|reads?|put
    it|wrote|writes|adds|added|explains|asks?|asked|follows|comments?|tweeted|notes|words|statement|tells|states|describes?|posts?|report|blog|opinion|quotes?|mention|message|translation)\b[^.:]{0,80}:$
    """
)
SAME_SPEAKER = re.compile(r"(?:He|She|They)\b(?=.*\b(?:had (?:not |never |also )?(?:been|\w+ed)|would|could|also|further|went on)\b)")

# --- opinion: the writer judges ---

ADVICE = _words(
    r"""
    (?<!they )(?<!why )should(?! the| an?| it| any| he| she| they| you| have been|n[’']t| be able);
    shouldn[’']t; ought not; let us; let[’']s; I urge; (?:we|you|they|it|congress|government|who|and|but)
    (?:cannot and )?must(?! not \w+ (?:your|a)| have| be); must (?:never|not be|be allowed); needs? to be;
    it(?:[’']s| is) time; please
    """
)
OWN_FEELING = _words(
    r"""
    I(?:[’']d| would) (?:\w+ )?(?:rather|have|like|love|prefer|recommend|suggest|argue|say|want); I (?:\w+
    )?(?:think|believe|feel|hope|prefer|recommend|wish|appreciate|enjoy|like|love|admire|hate|want);
    I(?:[’']m| am) (?:\w+ )*(?:glad|happy|sorry|afraid|confident|excited|proud|concerned|convinced); in my
    (?:view|opinion|experience|book); imo; strikes me; thank you; thanks; may god; god (?:bless|preserve)
    """
)
JUDGEMENT = _words(
    r"""
    unacceptable; shame(?:ful)?; disgrace(?:ful)?; pathetic; ridiculous; absurd; appalling;
    brilliant(?:ly)?; wonderful; magnificent; terribl[ey]; awful; horribl[ey]; horrific; excellent; superb;
    amazing; awesome; fantastic; lovely; beautiful(?:ly)?; elegant; impressive; disappoint(?:ing|ment);
    worrying; encouraging; frustrating; annoying; boring; silly; stupid; foolish; insane; crazy; nonsense;
    mistake; masterclass; worthwhile; deserves?; great(?! britain| unknown); best(?! odds); worst; worse;
    awkward; clever; powerful; remarkabl[ey]; wise; unwise; reckless; crucial; vital; essential;
    profound(?:ly)?; meaningful; sadly; frankly; thankfully; funny; no wonder; about time; good luck; proud;
    grateful; honou?red; too (?:often|much|many|little|long); worth(?! \d| noting); easier; makes? sense;
    nothing new; important(?:ly)?; compelling; interesting(?:ly)?; surprising; unique; fair(?! bet| chance);
    huge; dangerous; perfect(?:ly)?; hard to; difficult to; need to; needs to; better; bad; beneficial;
    valuable; understandable; painful; genuine(?:ly)?; simply; a bit; has a way of; habit of; a point; so
    much for; nobody (?:could|can|ever); tremendous; problematic; honest(?:ly)?; arguably; hardly; surely;
    of course; naturally; what we (?:have|need); real (?:issue|question|problem); failed; failing; luxury;
    sorry; poor; strange; tempting; ugly; bizarre; outrag(?:e|eous); scandal(?:ous)?; farc(?:e|ical); a
    joke; insult(?:ing)?; hypocri(?:sy|tical); na[iï]ve; cynical; pointless; useless; hopeless; laughable;
    embarrassing; charming; stunning; gorgeous; brave; bold; smart; dumb; tedious; dull; overrated;
    underrated; mediocre; refreshing; triumph; overdue; healthy; sensible; folly; cruel; unfair; unjust;
    tragic; inspiring; exciting; heroic; shocking; troubling; alarming; obvious(?:ly)?; clearly; rightly;
    wrongly; inexcusable; ideal; imperfect; exhausting
    """
)
CALL_ON_READER = re.compile(
    r"(?:(?:so|and|but|then|or|now|instead|first|just|simply|for now),? )*(?:don[’']t|do not|never|try|take|give|make|keep|stop|look|remember|imagine"
    r"|think|ask|use|get|put|avoid|wait|hold|go|start|choose|learn|ignore|forget|tell|be|listen|find|buy|spare|write|bring|watch|spend|picture|compare"
    r"|consider|draw|match|sack|grab|cherish|let|say no|trust|read|leave|save|skip|enjoy|expect(?! (?:a|the)\b))\b(?! \w+ed\b)",
    re.IGNORECASE,
)
VERDICT = re.compile(
    r"(?:(?:and|but|so|yet|then again|of course|indeed|still|yes|no|however|instead),? )?"
    r"(?:(?:it|that|this|here|those|these)(?:[’']s| is(?:n[’']t)?| are)|there (?:is|are) (?!no)|nobody|one (?!of)|anyone who)\b(?!.*\d)",
    re.IGNORECASE,
)
VOICE = _words(
    r"""
    I; we; us; our; my; you; your; \w+n[’']t; (?:it|that|there|here|what)[’']s; \w+[’'](?:re|ve|ll|d|m);
    should; must; perhaps; of course; nobody; (?:one|that|this|it) is (?:not )?an?; surely
    """
)
ATTRIBUTION = _words("said; says; told; according to; reported; stated; reportedly")

# --- speculation: left open ---

RHETORICAL = _words(
    r"""
    who (?:could|would|wants|cares|needs); why (?:not|on earth|would|should|is|do|are|does|bother);
    (?:is|are|do|does|would|should|ca)n[’']t; to whom; what is the; am I; exactly; precisely; really; ever;
    worth; need to; huh; right; one wonders; how hard; beyond us; surely; do you; have you
    """
)
HEDGE = _words(
    r"""
    might; perhaps; possibl[ey](?! as); possibilit(?:y|ies); (?:im)?probabl[ey]; in all
    (?:likelihood|probability); presumably; conceivabl[ey]; (?:un)?likel(?:y|ier|iest); likelihood; maybe(?=
    \w+ (?:is|are|will|was)); seem(?:s|ingly); appears? to; whether; remains? to be seen; clear
    (?:whether|how|what|if); unclear; uncertain; (?:is|are|be) expected; expected to attend; looks?
    (?:set|likely|like); could be; could (?!have|not|only|even|almost)(?:\w+ly )?\w+[^d\W]; may
    (?!(?:not|now) \w+)(?!\d)\w+(?! \d{4}); may (?:not|well|yet) (?:be|have|\w+); anyone[’']s guess; open
    question; no guarantee; safe (?:bet|guess); fair (?:bet|chance); longer? shot; bad bet; (?:my|our)
    (?:guess|bet|money|own suspicions); bet on; far from (?:clear|certain|impossible); another matter; on
    the cards; unthinkable; out of the question; rule[d]? out; hard to (?:imagine|picture); plausible; up in
    the air; on (?:past|current|present) form; within reach; would (?!like|rather|prefer)(?:\w+ly
    )?(?:be|have|make|mean|take|leave|give|just|go|need|push|surprise|get|allow|demonstrate|help|cost|come|end);
    suppos(?:e|ing); assuming; expect(?= (?:no|the|a)); all signs; has the potential to; in danger of; a
    question of; impossible to say; nor is it; yet to be established; must have; one (?:supposes|suspects);
    with luck; all being well; apt to; has room to; at the present rate; if all goes well; who knows; god
    knows; ought to (?:be|have); set to(?! open); time will tell; poised to; on course to; tipped to;
    (?:forecast|projected|predicted|anticipated|thought) to; doubtful; threatens? to; risks? (?:of|\w+ing);
    odds (?:are|on); chances (?:of|are); hinges on; depends? on whether; if \w+ goes; unless
    """
)
CONDITION = re.compile(
    r"^(?:and |but |so )?(?:if|unless|should|were|suppose|let|give|grant)\b(?! (?:you|I))[^.]*[,:]"
    r"|\b(?:would|could|might)\b.*\b(?:if|unless)\b|\bif\b.*\b(?:will|would|could|might)\b",
    re.IGNORECASE,
)
FORECAST = _words(
    r"""
    will (?:\w+ly )?(?:be able|become|have
    to|never|soon|double|rise|fall|grow|lead|improve|mean|prove|eventually|change|prevent|only|increase|suffer|probably|not
    be|help|continue to \w+|cause|face|struggle); by (?:christmas|20[3-9]\d|next \w+|the \w+
    after)(?!.*(?:agreed|target)); won[’']t; (?:we|you|they)[’']ll; come next; means? \w+ will
    """
)


def label(sentences: Sequence[str]) -> list[str]:
    """Label the sentences of one document, in order: ``fact``, ``report``, ``speculation``, ``opinion``, ``skip``."""
    hidden = _hide_quotations(sentences)
    outside = [MONTH_OF_MAY.sub("…", re.sub(HIDDEN + "+", "…", sentence)) for sentence in hidden]
    comment = _is_comment(outside)
    labels: list[str] = []
    led_in = 0
    for sentence, masked, words in zip(sentences, hidden, outside, strict=True):
        led_in = 0 if words.endswith(":") else led_in - 1
        inside = masked.startswith(HIDDEN)
        if not inside and _states_nothing(sentence):
            labels.append("skip")
        elif inside or led_in > 0 or masked.count(HIDDEN) >= MOSTLY_QUOTED * len(masked) > 0:
            labels.append("report")
        elif _is_relayed(words, after_report=labels[-1:] == ["report"]):
            labels.append("report")
        else:
            labels.append(_own_label(words, comment))
        if LEAD_IN.search(words) and "…" not in words:
            led_in = LED_IN + 1
    return labels


def _hide_quotations(sentences: Sequence[str]) -> list[str]:
    """Return the sentences with every character between quotation marks replaced."""
    text = "\n".join(sentence.replace("\n", " ").strip() for sentence in sentences)
    return QUOTATION.sub(lambda match: re.sub(r"(?s)(?<=.)[^\n](?=.)", HIDDEN, match.group()), text).split("\n")


def _is_comment(sentences: Sequence[str]) -> bool:
    def voiced(words: str) -> bool:
        return any(cue.search(words) for cue in (VOICE, JUDGEMENT)) or words.rstrip(CLOSING_MARKS).endswith("?")

    balance = sum(voiced(words) - bool(ATTRIBUTION.search(words)) for words in sentences)
    return balance >= COMMENT * len(sentences)


def _states_nothing(sentence: str) -> bool:
    sentence = sentence.strip()
    if DATELINE.fullmatch(sentence) or SIGNPOST.match(sentence):
        return True
    short = len(sentence.split()) <= TOPIC_WORDS
    return short and not sentence.endswith(tuple(FINAL_MARKS)) and not VERB.search(sentence)


def _is_relayed(words: str, *, after_report: bool) -> bool:
    if LEAD_IN.search(words) or NAMED_SOURCE.search(words) or RELAYED_JUDGEMENT.search(words):
        return True
    if SAY_VERB.search(words) and not OWN_WORD.search(words):
        return True
    return after_report and bool(SAME_SPEAKER.match(words))


def _own_label(words: str, comment: bool) -> str:
    """Label a sentence that nobody but the writer vouches for."""
    end = words.rstrip(CLOSING_MARKS)[-1:]
    if end == "?":
        return "opinion" if RHETORICAL.search(words) else "speculation"
    if ADVICE.search(words):
        return "opinion"
    if CONDITION.search(words):
        return "speculation"
    if OWN_FEELING.search(words) or (comment and JUDGEMENT.search(words)):
        return "opinion"
    if HEDGE.search(words):
        return "speculation"
    if end == "!" or CALL_ON_READER.match(words):
        return "opinion"
    if FORECAST.search(words):
        return "speculation"
    return "opinion" if comment and VERDICT.match(words) else "fact"
