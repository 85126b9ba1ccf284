"""A keyword baseline: what lists of words and marks tell about whose word a sentence stands on.

Each sentence falls through the cascade of the annotation guide: signposts, then report, opinion and
speculation; what none of the lists catches is a fact. Words inside quotation marks are not the writer's, so
the lists see only what stands outside them. Three things are taken from the rest of the document: which
quotation is open, whether a source was just introduced, and whether the document reads as a comment rather
than as news, since in a comment weaker signs suffice for an opinion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["label"]

MOSTLY_QUOTED = 0.2
"""A sentence with this part of its characters inside quotation marks is a report, whatever its verb."""
COMMENT = 0.2
"""In a comment, sentences in the writer's voice outnumber sourced ones by this part of all sentences."""
TOPIC_WORDS = 12
"""A heading of at most so many words and no verb names a topic."""
LED_IN = 10
"""At most so many sentences after a lead-in that ends in a colon are still the words of the source."""

HIDDEN = "\0"  # stands for each character inside quotation marks


def _words(alternatives: str) -> re.Pattern[str]:
    """Compile patterns, separated by semicolons, that begin and end at a word boundary."""
    unwrapped = re.sub(r"\s*\n\s*(?=\|)", "", alternatives)
    patterns = (" ".join(pattern.split()) for pattern in unwrapped.split(";"))
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
INNER_CHARACTER = re.compile(r"(?s)(?<=.)[^\n](?=.)")
CLOSING_MARKS = "”\"’')]*_ "

# --- skip: not a statement ---

SIGNPOST = re.compile(
    r"by [A-Z]\S+(?: [A-Z]\S+){0,3}$|happy \w+[.!]?$|.*\bimage: |(?:\w+day, )?[a-z]+ \d{1,2}, \d{4}$"
    r"|(?:read more|see also|photo|image|picture|video|audio|credit|click here|hello|hi|elsewhere|thank you"
    r"|good (?:evening|morning|afternoon)|god bless you)(?!\w)"
    r"|(?:(?:okay|now|so|but|and|first|right),? )*let[’']s (?:talk|take a|look|turn|start|begin|move|see)\b"
    r"|here (?:is|are) (?:the|a|an|some|three|four|five|how|what)\b",
    re.IGNORECASE,
)
VERB = _words(r"""
    [a-z]\w*(?:[^s\W]s|ed|n[’']t); \w+[’'](?:s|re|ll|ve|d|m); is; are; was; were; be; has; have; had; do;
    does; did; will; can; could; may; might; must; should; would; to; not; no; found; say; cancel; win; die;
    hold; plan; call
""")

# --- report: somebody else vouches ---

OWN_WORD = _words(r"""
    (?:I|we|you)(?:[’'](?:ve|d|m|re))?(?: (?:\w+ly|do|also|have|had|still|just|can|would|should|dare|am|was
    |are))* (?:say|said|saying|told|wrote|claim|argue|believed?|think|thought|expect|hoped?|fear|suggest
    |found|estimate); that said; (?:said|says|say) (?:nothing|so|no)
""")
SAY_VERB = _words(r"""
    said; says; saying; told; tells; swears; stat(?:ed|ing); states(?= that|$|:);
    add(?:ed|s|ing)(?=,| that|:|$); claim(?:s|ed|ing); argu(?:es|ed|ing); insist(?:s|ed|ing);
    denie[sd] (?:that|any|the|having|it); testif(?:ies|ied);
    (?:assert|contend|remark|counter|complain|retort|predict|explain|suggest|tweet|reckon)(?:s|ed);
    (?:acknowledge|indicate|describe|estimate|conclude|reiterate|implie|characteri[sz]e|speculate
    |theori[sz]e)[sd]; quipped; joked; emphasi[sz]e[sd]; warn(?:s|ed)(?! about); not(?:es|ed)(?! for);
    wrote(?! for| an?| it); mention(?:s|ed); quoted; cit(?:es|ed); point(?:s|ed) out; believes; expects;
    fears; thinks; agrees; hopes (?:to|that|the|it); proclaim(?:s|ed|ing); reported(?! on| to| missing| and);
    reports (?:that|the|a); reveal(?:s|ed) (?:that|how); admit(?:s|ted);
    (?:concede[sd]|stressed|believed|declared?|announced?|confirm(?:s|ed)|discovered|shows?|observed
    |replie[sd]|recalled|vowed|hinted|worried) that; accus(?:es|ed|ing?); criticis?z?e[sd];
    (?:denounce|praise|deeme?|dubbe)[sd]; condemn(?:s|ed)(?! by); blam(?:es|ed); likened;
    dismiss(?:es|ed) (?:the|it|as); call(?:ed|ing) (?:it|him|her|the \w+|this) an?
""")
NAMED_SOURCE = _words(r"""
    according to; reportedly; allegedly; supposedly; purportedly; rumou?rs?; rumou?red to; in the words of;
    one might (?:argue|say); there is talk; talk of; ha(?:s|ve) it(?: that)?;
    (?:is|are|was|were) (?:\w+ly |also )?(?:said|believed|thought|understood|considered|reported|alleged
    |rumou?red|feared|perceived) (?:to|as|that|by|the);
    it (?:is|was|has been|has also been) (?:\w+ )?(?:said|believed|reported|claimed|alleged|held|speculated
    |rumou?red) (?:that|how);
    (?:stud(?:y|ies)|research|report|figures|data|documents?|survey|polls?|estimates|results?|\w+ists
    |\w+chers) (?:\w+ly |also )?(?:shows?|showed|says?|found|finds|suggests?|indicates?|reveal(?:s|ed)?
    |notes?|puts?);
    (?:[a-z]+s|people|police|press|media|many|some|they|who|everyone|everybody) (?:(?:\w+ly|also|have
    |had) )?(?:say|claim|argue|believe|warn|fear|insist|allege|estimate|accuse|agree|reckon|deny|report that);
    (?:by|on|in) (?:one|his|her|their|the \w+|(?:\S+ ){0,3}\S+[’']s?) (?:own )?(?:\w+ )?(?:estimate|account
    |reckoning|view|reading|telling|words);
    (?:his|her|its|[’']s) (?:view|verdict|position|hunch|argument|answer) (?:is|was); word (?:at|on|is|has);
    per an?; going by the; puts the; (?<=, )(?:say|reported)(?= [a-z]); (?:jury|court|inquest) hears?
""")
LEAD_IN = _words(r"""
    (?:says?|said|reads?|put it|writes|wrote|adds?|added|explains|asks?|asked|follows|tweeted|notes|words
    |tells|states|describes?|comments?|statement|posts?|report|blog|opinion|quotes?|mention
    |message)\b[^.:]{0,80}:$
""")

# --- opinion: the writer judges ---

ADVICE = _words(r"""
    (?<!they )(?<!why )should(?! the| an?| it| any| he| she| they| you| have been|n[’']t| be able);
    shouldn[’']t; ought not; let us; let[’']s; I urge; please; needs? to be; it(?:[’']s| is) time;
    (?:we|you|they|it|congress|government|who|and|but) (?:cannot and )?must(?! not \w+ (?:your|a)| have| be);
    must (?:never|not be|be allowed)
""")
FEELING = _words(r"""
    I(?:[’']d| would) (?:\w+ )?(?:rather|have|like|love|prefer|recommend|suggest|argue|say|want);
    I (?:\w+ )?(?:think|believe|feel|hope|prefer|recommend|wish|appreciate|enjoy|like|love|admire|hate|want);
    I(?:[’']m| am) (?:\w+ )*(?:glad|happy|sorry|afraid|confident|excited|proud|concerned|convinced);
    in my (?:view|opinion|experience|book); imo; strikes me; thanks?; god (?:bless|preserve)
""")
JUDGEMENT = _words(r"""
    (?:in|un)?excusable; unacceptable; pathetic; ridiculous; absurd; appalling; magnificent; awful; superb;
    lovely; elegant; boring; silly; stupid; foolish; insane; crazy; wise; unwise; clever; awkward; reckless;
    crucial; vital; essential; unique; dangerous; huge; bad; worse; better; worst; best(?! odds);
    great(?! britain| unknown); powerful; proud; grateful; sorry; poor; strange; funny; ugly; bizarre;
    cynical; tedious; dull; brave; bold; smart; dumb; cruel; unfair; unjust; tragic; heroic; sensible;
    mediocre; ideal; compelling; meaningful; beneficial; valuable; tremendous; problematic; fantastic;
    excellent; amazing; awesome; impressive; horrific; na[iï]ve; (?:wonder|shame|disgrace|pain)ful;
    (?:worry|encourag|frustrat|annoy|embarrass|charm|stunn|refresh|inspir|excit|shock|troubl|alarm|surpris
    |interest|insult|tempt|fail|disappoint)ing(?:ly)?; (?:point|use|hope)less;
    (?:terrib|horrib|remarkab|laughab|understandab|arguab)l[ey];
    (?:brilliant|beautiful|profound|important|perfect|genuine|obvious)(?:ly)?; outrag(?:e|eous);
    scandal(?:ous)?; farc(?:e|ical); hypocri(?:sy|tical); (?:over|under)rated; overdue; folly; triumph;
    mistake; nonsense; a joke; worthwhile; deserves?; honou?red; failed; fair(?! bet| chance); easier;
    worth(?! \d| noting); sadly; frankly; thankfully; simply; hardly; surely; naturally; clearly; rightly;
    wrongly; of course; no wonder; about time; good luck; too (?:often|much|many|little|long); makes? sense;
    nothing new; hard to; difficult to; needs? to;
    ^(?:(?:and|but|so|yet),? )?(?:it|that|this|those|these)(?:[’']s| is| are)(?!.*\d); a point; so much for;
    nobody (?:could|can|ever); real (?:issue|question|problem)
""")
ADDRESS = _words(r"""
    (?:don[’']t|do not|never|try|take|give|make|keep|stop|look|remember|imagine|think|ask|use|get|put|avoid
    |wait|hold|go|start|choose|learn|ignore|forget|tell|be|listen|find|buy|spare|write|bring|watch|spend
    |picture|compare|consider|let|trust|read|leave|save|skip|enjoy)(?! \w+ed\b)
""")
CHECKABLE = re.compile(
    r"\d|(?<=[\w,;] )[A-Z][a-z]|\b(?:I|[Ww]e|my|our|[Yy]ou|your|was|were|had|has|have|did|will|said"
    r"|went|took|came|made|got|gave|ran|held|left|lost|won|saw|began|\w{3,}ed)\b"
)
"""A number, a name, somebody present or a past tense: without any of them there is little to check."""
VOICE = _words(r"""
    I; we; us; our; my; you; your; \w+n[’']t; (?:it|that|there|here|what)[’']s; \w+[’'](?:re|ve|ll|d|m);
    should; must; perhaps; of course; nobody; (?:one|that|this|it) is (?:not )?an?; surely
""")
ATTRIBUTION = _words("said; says; told; according to; reported; stated; reportedly")

# --- speculation: left open ---

RHETORICAL = _words(r"""
    who (?:could|would|wants|cares|needs); why (?:not|on earth|would|should|is|do|are|does|bother);
    (?:is|are|do|does|would|should|ca)n[’']t; to whom; what is the; am I; exactly; precisely; really; ever;
    worth; need to; huh; right; one wonders; surely; do you; have you
""")
HEDGE = _words(r"""
    might; perhaps; maybe(?= \w+ (?:is|are|will|was)); possibl[ey](?! as); possibilit(?:y|ies);
    (?:im)?probabl[ey]; in all (?:likelihood|probability); presumably; conceivabl[ey];
    (?:un)?likel(?:y|ier|iest); likelihood; plausible; seem(?:s|ingly); appears? to; whether;
    remains? to be seen; clear (?:whether|how|what|if); unclear; uncertain; doubtful; (?:is|are|be) expected;
    looks? (?:set|likely|like); suppos(?:e|ing); assuming; unless; could be;
    could (?!have|not|only|even|almost)(?:\w+ly )?\w+[^d\W]; (?-i:may) (?!(?:not|now) \w+)\w+;
    may (?:not|well|yet) \w+;
    would (?!like|rather|prefer)(?:\w+ly )?(?:be|have|make|mean|take|leave|give|just|go|need|push|surprise
    |get|allow|demonstrate|help|cost|come|end); anyone[’']s guess; open question; no guarantee;
    (?:safe|fair) (?:bet|guess|chance); (?:my|our) (?:guess|bet|money); far from (?:clear|certain|impossible);
    another matter; on the cards; unthinkable; out of the question; ruled? out; hard to (?:imagine|picture);
    on (?:past|current|present) form; expect(?= (?:no|the|a)); all signs; the potential to; impossible to say;
    ought to (?:be|have); chances (?:of|are); set to(?! open); (?:poised|tipped|projected|on course) to;
    will (?:\w+ly )?(?:be able|become|have to|never|soon|double|rise|fall|grow|lead|improve|mean|prove
    |eventually|change|prevent|only|increase|suffer|probably|not be|help|cause|face|struggle);
    by (?:christmas|20[3-9]\d|next \w+)(?!.*(?:agreed|target)); (?:you|they)[’']ll; means? \w+ will
""")
CONDITION = re.compile(
    r"^(?:and |but |so )?(?:if|unless|should|were|suppose|let|give|grant)\b(?! (?:you|I))[^.]*[,:]"
    r"|\b(?:would|could|might)\b.*\b(?:if|unless)\b|\bif\b.*\b(?:will|would|could|might)\b",
    re.IGNORECASE,
)


def label(sentences: Sequence[str]) -> list[str]:
    """Return the label, or ``skip``, of each sentence of one document, in order."""
    if not sentences:
        return []
    hidden = _hide_quotations(sentences)
    outside = [re.sub(HIDDEN + "+", "…", sentence) for sentence in hidden]
    comment = _is_comment(outside)
    labels: list[str] = []
    led_in = 0
    for sentence, masked, words in zip(sentences, hidden, outside, strict=True):
        led_in = 0 if words.endswith(":") else led_in - 1
        inside = masked.startswith(HIDDEN)
        quoted = inside or led_in > 0 or masked.count(HIDDEN) >= MOSTLY_QUOTED * len(masked) > 0
        if not inside and _states_nothing(sentence):
            labels.append("skip")
        elif quoted or _is_relayed(words):
            labels.append("report")
        else:
            labels.append(_own_label(words, comment))
        if LEAD_IN.search(words) and "…" not in words:
            led_in = LED_IN + 1
    return labels


def _hide_quotations(sentences: Sequence[str]) -> list[str]:
    """Return the sentences with every character between quotation marks replaced."""
    text = "\n".join(sentence.replace("\n", " ").strip() for sentence in sentences)
    return QUOTATION.sub(lambda match: INNER_CHARACTER.sub(HIDDEN, match.group()), text).split("\n")


def _is_comment(sentences: Sequence[str]) -> bool:
    voiced = sum(bool(VOICE.search(words) or JUDGEMENT.search(words)) for words in sentences)
    attributed = sum(bool(ATTRIBUTION.search(words)) for words in sentences)
    return voiced - attributed >= COMMENT * len(sentences)


def _states_nothing(sentence: str) -> bool:
    sentence = sentence.strip()
    heading = len(sentence.split()) <= TOPIC_WORDS and not sentence.endswith(tuple(".!?:;”\"'’)"))
    return bool(SIGNPOST.match(sentence)) or (heading and not VERB.search(sentence))


def _is_relayed(words: str) -> bool:
    if LEAD_IN.search(words) or NAMED_SOURCE.search(words):
        return True
    return bool(SAY_VERB.search(words) and not OWN_WORD.search(words))


def _own_label(words: str, comment: bool) -> str:
    """Label a sentence that nobody but the writer vouches for."""
    end = words.rstrip(CLOSING_MARKS)[-1:]
    if end == "?":
        return "opinion" if RHETORICAL.search(words) else "speculation"
    if ADVICE.search(words):
        return "opinion"
    if CONDITION.search(words):
        return "speculation"
    if FEELING.search(words) or (comment and JUDGEMENT.search(words)):
        return "opinion"
    if HEDGE.search(words):
        return "speculation"
    appeals = end == "!" or ADDRESS.match(words)
    return "opinion" if appeals or (comment and not CHECKABLE.search(words)) else "fact"
