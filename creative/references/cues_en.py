"""What gives an English line's role away."""

from __future__ import annotations

import re

from creative.contracts import Role
from creative.references.cue import Cue

_COUNT_EN = (
    r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?)"
)
_PEOPLE_EN = (
    r"(?:people|strangers|customers|users|drivers|families|parents|moms|clinics|shops|stores|restaurants|reporters|teachers|students|"
    r"runners|travelers|guests|members|homes|gyms|offices|teams|couples|chefs|nurses|barbers|mechanics|reviewers|buyers|women|men|kids)"
)

# Things that go wrong. A benefit says "no more", "without": those are taken out before looking.
_WRONG_EN = (
    r"\bpuddle|\bsmell|\bstink|\bbumpy|\bcold toes|\bcry|\bdead\b|\bbroken?\b|\bmess(?:y)?\b|\bdirty|\brust|\bloud\b|\bnois[ey]|\bslow\b|\bboring|\bheavy\b|\bsoak|\bsoggy"
    r"|\bleak(?:s|ed|y)\b|\blost\b|\blonely|\bhasn't|\bhaven't|\bwon't\b|\bdoesn't\b|\bdidn't\b|\bisn't\b|\bhalf (?:my|the|of)|\bfall(?:s|ing)? (?:off|apart|asleep)|\bburn(?:s|ed|t)?\b"
    r"|\bby (?:noon|lunch|tuesday|day two)|\bwrong\b|\bworse|\bworst|\bterrible|\bawful|\bgross|\bfake|\bscam|\brip.?off|\bscratch(?:ed|es)\b"
    r"|\bstains?\b|\bdrop(?:s|ped) out|\bcrash(?:es|ed)?\b|\bfreez|\bstarv|\bhungry|\bdread|\bguilt|\bargu|\bfight|\bmiss(?:ed)? the|\bsweat|\bcramp|\bstiff|\bwobbl|\btangled|\bfade|\bshrink|\bpeel(?:s|ing)\b"
)
_HURT_EN = (
    r"\bheadache|\bstings?\b|\bstung\b|\bscar(?:ed|y)\b|\bafraid|\bworr(?:y|ied|ies)|\bang(?:ry|rier)|\bblurr|\bsmear|\bstreaks?\b|\bwreck"
    r"|\bruin|\bchaos|\bnightmare|\bclutter|\bbored\b|\bconfus|\boverpriced|\bgiv(?:e|ing) up|\bgood luck\b|\bdread|\bghost\b|\bcrumbs\b"
    r"|\bmou?ld\b|\bstubborn|\bbland\b|\bwilt|\bsour\b|\bcrowded|\bpacked\b|\blocked out|\bheavy\b|\bpatchy|\bredness|\bdull\b|\bdr(?:y|ies) out"
    r"|\bgive[s]? me\b.{0,12}\b(?:head|heart|rash|stomach)|\bawake\b|\bjitter|\bbloat|\bcrav|\bcaked?\b|\bdies\b|\bdied\b|\bdripp|\bcling|\bwasted?\b"
)
_IRREGULAR = (
    "was|were|had|made|took|got|went|came|left|paid|spent|bought|gave|felt|kept|told|said|thought|knew|found|lost|broke|"
    "woke|slept|ate|drank|ran|sat|stood|put|cost|hurt|fell|grew|threw|wore|drove|flew|read|began|quit|cut|hit|did|fought"
)
PAST = re.compile(
    rf"(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\bthis )(?<!\bis )(?<!\bare )"
    rf"\b(?:{_IRREGULAR}|(?!hundred|need|indeed|speed|feed|seed|breed|bleed|embed)[a-z]{{2,}}ed)\b"
)
"""A verb in the past: early in an ad somebody tells what was wrong, late what came of it."""
BENEFIT = re.compile(r"\b(?:no more|no|without|zero|never again|nothing to|won't leave|doesn't need|don't need)\b \w*")

CUES: dict[Role, tuple[Cue, ...]] = {
    "hook": (
        (1.6, r"\?|^can (?:you|a|an|it|this)|^will |^why |^how |^what |^did you|^have you|^ever "),
        (
            2.2,
            r"\bhot take|^stop |\bwatch (?:me|this)|^okay|^listen|\bnobody tells|\byou won't|\bwait\b|\bi need to talk|\buntil you|\bunpopular",
        ),
        (
            1.2,
            r"^this is (?:what|how|why|the)|^if you|^my |^the (?:night|day|time)|^a year ago|^i (?:put|wore|tried|tested|asked|spent|stopped)|^we (?:froze|tried|asked)",
        ),
        (
            1.2,
            r"\bversus\b|\bvs\.?\b|\bsecret|\bmistakes?\b|\bproblem\b|\breasons?\b|\bthings\b|\bupgrades?\b|\bi mean it|\bside of my",
        ),
        (1.0, rf"^{_COUNT_EN} (?:\w+ ){{0,2}}(?:things|reasons|ways|mistakes|signs|steps|tips|upgrades|myths)"),
    ),
    "pain": (
        (
            2.4,
            r"\bhurts?\b|\bpain(?:ful)?\b|\btired\b|\bexhaust|\bsore\b|\bache|\bred and\b|\bflaky|\bfrizz|\bcrack(?:ed|s)|\bblister|\bembarrass|\bsqueak"
            r"|\bstranded|\btears\b|\bstress|\bstruggl|\bannoy|\bhate[sd]?\b|\bugly|\bitch|\bgreasy|\bdead battery|\bbreak(?:s|ing)? (?:down|out)|\bswearing|\bscreaming",
        ),
        (
            2.0,
            r"\bwaste|\bquit\b|\bgave up|\bfail|\bnever works?|\bdoesn't work|\bdidn't even|\bcan't\b|\bcouldn't\b|\bcould not|\bwould not|\bnothing (?:goes|works)|\bskip\b",
        ),
        (
            1.6,
            r"\btheirs\b|\bthe (?:old|cheap|left|other) one|\bmost (?:people|brands)|\bordinary|\bregular\b|\bi've (?:tried|been|had|cracked)|\bused to\b|\balways\b"
            r"|\bevery time|\bfrom the store|\btakeout|\bdownstairs|\bstore.bought",
        ),
        (
            1.3,
            r"\bcharges?\b|\bexpensive|\bcosts?\b.*\b(?:too|more)|\banother\b|\bqueue|\bwait(?:ing)? (?:an?|for)|\bstuck\b|\blate\b|\bfor(?:e)?ever\b|\bsick\b|\bno(?:body)? (?:wants|had)",
        ),
        (1.7, _WRONG_EN),
        (1.7, _HURT_EN),
        (
            1.4,
            r"\btoo \w+|\bi'd\b|\bwould (?:end|always|wake|take|just|still|never)\b|\bcost me\b|\bpaid (?:for|them|him|a)\b",
        ),
        (
            1.2,
            r"\bonly made\b|\bmade (?:me|my|him|her|us) \w+|\bput me\b|\bends? up\b|\bended up\b|\bevery(?:body|one) (?:else|seemed)",
        ),
        (
            1.0,
            r"^otherwise|\btimes the\b|\bthe (?:cheap|expensive|famous|left|usual|normal) (?:one|ones|kind)\b|\bmine (?:was|were|had|is)\b",
        ),
        (0.8, r"\bnever\b|\bnobody\b|\bevery (?:single|night|morning|week|winter|summer)|\bhalf the time"),
        (
            1.2,
            r"\b(?:last (?:year|winter|one)|the old|my old|theirs|drugstore|supermarket|big brands?|other brands?|the other)\b|\bone is\b",
        ),
        (
            1.0,
            r"\bstaring|\bsounds like a plane|\btwisted|\bstripe|\bflat\b|\bpalm oil|\bfirst ingredient|\bslam|\btaxi\b|\bsit\b|\bbrace\b|\bthey (?:sit|queue|eat|leave|charge|break|fall)",
        ),
    ),
    "selling_point": (
        (
            1.6,
            r"^this (?:one|app|thing|serum|case|box|set)|\bthe (?:new|right|good) one|^ours\b|\bours:|\bthis has\b|\bit's (?:the|already|thinner|made)|\bthat's it\b|\bhere's how",
        ),
        (
            1.6,
            r"\bmade (?:with|from|of)|\bcotton|\bfoam\b|\bfabric|\bingredient|\bformula|\bsqualane|\bniacinamide|\bgraphite|\bdual|\bbuilt.in|\bsealed|\bbattery life|\bon one charge",
        ),
        (
            2.0,
            r"^(?:step|number) (?:one|two|three|four|\d)|^(?:first|second|third|fourth|fifth|next|then|finally|and last|last)[,:]|^(?:then|next) |^(?:one|two|three|four|five)[,:]|^we start"
            r"|^pour|^spray|^ground|^open|^baked|^one wipe|\blater\b",
        ),
        (
            1.4,
            r"\bno (?:sugar|scrubbing|grammar|landlord|bitterness|fuss|mess|need)|\bzero\b|\bwithout\b|\bjust\b|\bdone\b|\bautomatic|\bstays?\b|\bfolds?\b|\bfloats?\b|\bclips?\b|\binstantly|\beasy|\bonly\b",
        ),
        (
            1.2,
            r"\bone (?:button|twist|charge|scoop|tap)\b|\bsinks? in|\bfilters?|\breplaces?\b|\blistens?\b|\bfinds? the|\bturns?\b|\bplans?\b|\bincluded\b|\bcoaches\b|\bchange your|\breal fruit|\bfixes\b",
        ),
        (
            0.7,
            rf"\b{_COUNT_EN} (?:hours?|minutes?|seconds?|grams?|watts?|pounds?|inches|drops?|clamps?|percent (?!off))\b|\ba\.m\.|\bp\.m\.|\bnoon\b|^(?:in|on|at) the\b|\bso i\b|\bi (?:use|keep)\b",
        ),
        (
            1.2,
            r"^(?:it|this|that)(?: (?:also|even|just|then|simply))? (?!was|is not|isn't|costs?\b)[a-z]{2,}s\b|^it's\b|^there's\b|^there is(?:n't)?\b",
        ),
        (
            1.2,
            r"^(?:they|these|those|you)(?: (?:just|only|simply|also|then))? (?!were|had|did|get\b|decide|judge)[a-z]+\b(?! (?:me|us) )",
        ),
        (
            1.0,
            r"^(?:the|each|every|our|its|her|his) (?:\w+ ){1,3}?(?:is|are|fits?|comes?|slides?|lifts?|turns?|pulls?|opens?|closes?|holds?|keeps?|goes|has|have|works?)\b",
        ),
        (
            1.0,
            r"\bfits?\b|\bweighs?\b|\binside\b|\bat the push|\bon its own|\bitself\b|\byou already\b|\breal \w+ in\b|\bgoes on\b|\bcomes? (?:in|off|apart)\b",
        ),
        (
            0.8,
            r"^(?:while|when|whenever|wherever|during|after dark|by dinner|at breakfast|afternoons?|breakfast|mornings?|evenings?)\b",
        ),
        (
            0.9,
            r"\bdesigned\b|\brecipe|\bbroth|\bbrush|\bbeam|\bkayak|\bdeck\b|\bstove\b|\bhanded me|\bspoke to|\bat ten\b|\bmy sister and i",
        ),
    ),
    "proof": (
        (
            2.6,
            r"\btest(?:ed|s)?\b|\bresults?\b|\bdermatologist|\bdoctor|\bclinical|\bcertified|\baward|\branked\b|\brated\b|\blab\b|\bmeasured?\b|\bweighed\b|\bstudy\b|\bchamber\b",
        ),
        (
            2.4,
            rf"\bday (?:one|ten|thirty|ninety|\d+)|\b(?:week|month) {_COUNT_EN}\b|\b{_COUNT_EN} (?:weeks|months|years|washes|times|shifts)\b|\bfirst {_COUNT_EN} weeks",
        ),
        (
            2.4,
            rf"\breviews?\b|\bfive.star|\btrusted by|\bmembers\b|\bcustomers?\b|\btravelers|\b{_COUNT_EN}(?: \w+)? (?:people|strangers|homes?|gyms?|users|drivers)\b|\bpicked ours|\bblind\b",
        ),
        (
            2.0,
            r"\blook at (?:this|that|the|it)|\bhold it up|\bsame (?:light|camera|machine|storm|clip|speed|detergent)|\bon camera\b|\bno filter|\bthere it goes|\bbe the judge|\bsee for yourself|\bread through|\bbefore and after",
        ),
        (1.7, rf"\b{_COUNT_EN}(?: \w+){{0,2}} {_PEOPLE_EN}\b|\bin {_COUNT_EN} (?:countries|cities|states)\b"),
        (
            1.7,
            rf"\b(?:{_COUNT_EN}|a few) (?:minutes|hours|days|weeks|months|years|washes|miles) (?:later|ago|in\b|after|straight)|\bstill (?:\w+s|\w+ing|the|as|on|in|there|looks?|works?|fits?|runs?)\b",
        ),
        (
            1.6,
            r"\bmy (?:\w+ ){0,2}(?:mom|mother|dad|father|wife|husband|son|daughter|kid|boss|friend|roommate|neighbor|sister|brother|coach|barber)\b.{0,40}\b(?:ask|said|says|want|stole|steal|bought|order|love|cried|laugh|notice|trust)",
        ),
        (
            1.6,
            r"\b(?:look|touch|listen|watch|see)\b.{0,12}(?:\.|,|$)|\bthat's the\b|\bcame back\b|\bkeep(?:s)? coming back|\bsold out|\bwaiting list|\bi (?:woke|slept|lost|ran|passed|finished|saved|got)\b",
        ),
        (
            2.0,
            r"\bhe (?:said|asked|went)|\bshe (?:said|asked)|\bmy (?:kid|wife|husband|boss|friend|roommate|neighbor) \w+|\bteacher\b|\basked (?:for|me)|\bemailed|\bnodded|\bflight attendants|\bi (?:rendered|dropped|finished|lost)\b",
        ),
        (
            1.6,
            r"\ba (?:week|month|year) later|\bfinished my|\bwe made it|\bpoured it out|\bnot a single|\bless pain|\bthis is \w+ on day|\bfull grade|\btimed me|\bin the bin|\bfrom the second floor|\bfirst turn|\bminus thirty|\bfaster than|\bdifference",
        ),
        (
            1.8,
            r"\blater\b|\bwithin (?:\w+ )?(?:minutes|hours|days|weeks|a (?:day|week|month))\b|\bsince (?:january|february|march|april|may|june|july|august|september|october|november|december|last|then|nineteen|twenty|\d)",
        ),
        (
            1.8,
            rf"\bafter (?:the )?(?:{_COUNT_EN}|a|first|second|third)\b|\b(?:weeks?|months?|years?|days?) (?:in|on)\b|\bin {_COUNT_EN} (?:days|weeks|months)\b",
        ),
        (
            1.6,
            r"\bbrand new\b|\buntouched\b|\bnot (?:one|a|even|once)\b|\bdid(?:n't| not) (?:even )?(?:notice|crack|break|move|budge|leak|spill|blink)|\byou (?:decide|judge)\b|\bjudge\b",
        ),
        (
            1.6,
            r"\bcounted\b|\bsensor\b|\brecorded\b|\brated\b|\bcame out\b|\bwent from\b|\bmoved up\b|\bwithout knowing\b|\bhere is (?:week|day|month|the)\b|\bhere's (?:week|day|month)",
        ),
        (
            1.5,
            rf"\b{_COUNT_EN} (?:\w+ ){{0,2}}(?:households|doors|photos|orders|parents|climbers|riders|steps|downloads|owners|subscribers|bottles|ratings|stars)\b|\bout of (?:{_COUNT_EN}|a)\b",
        ),
        (
            1.5,
            r"\bmy (?:\w+ ){0,2}(?:uncle|aunt|grandm\w+|grandp\w+|cousin|teenagers?|kids?|daughters?|sons?|editor|stylist|hairdresser|dentist|doctor|waiter|landlord|colleagues?|coworkers?|trainer|vet|watch|scale)\b",
        ),
        (
            1.4,
            r"^now\b|\bi now\b|\bthought (?:i|it|we)\b|\bslept (?:through|like|in)\b|\bkeeps? (?:asking|coming)|\bhaven't .{0,30}(?:since|once)",
        ),
        (0.9, r"\bhundred|\bthousand|\bmillion|\bpercent of|\baverage|\bproof|\breal (?:people|results)|\btrue\b"),
    ),
    "offer": (
        (
            2.6,
            r"\b(?:percent|%) off|\bsale\b|\bdiscount|\bhalf (?:price|off)|\bdeal\b|\bsave\b.*(?:dollars|\$|up to|percent)|\buse code|\bcoupon|\bbuy one|\bfor the price of|\bfree (?:shipping|trial|installation|session|month|week)",
        ),
        (
            2.4,
            rf"[$€£]\s?\d|\b{_COUNT_EN} (?:dollars|bucks|cents)|\bfrom {_COUNT_EN}|\bunder (?:\w+ )?(?:dollars|\$)|\bfor {_COUNT_EN} dollars|\ba night\b",
        ),
        (
            2.0,
            r"\btoday only|\bthis (?:week|month|weekend) only|\buntil (?:midnight|friday|sunday|monday|march)|\bthrough (?:sunday|monday)|\blimited|\bwhile (?:they|it|supplies)|\bbook by|\bends\b|\bonly \w+ left",
        ),
        (
            1.8,
            r"\bfree\b|\bon us\b|\bmoney back|\brefund|\btrade in|\bpay in|\bno interest|\bbonus|\bincluded with|\bget \w+ (?:\w+ )?for\b|\bfirst (?:month|bag|lesson|order|week|box)\b",
        ),
        (
            1.6,
            rf"\bpre.?order|\brent\b|\btry (?:\w+ ){{0,3}}for\b|\bfor {_COUNT_EN}(?: {_COUNT_EN})*(?:,|\.|$)|\bcomes with\b.*\bfree|\bonly (?:this|on|until|for)\b|\bthis week\b|\bafter (?:friday|sunday|monday|that it)|\b(?:kit|set|box|pack|pass) is {_COUNT_EN}|\bbefore you (?:decide|pay|buy)",
        ),
        (
            1.8,
            r"\bspare\b|\bthrows? in\b|\bgift\b|\breturns?\b|\bcancel\b|\bwaived?\b|\bcosts? (?:less|nothing|you nothing)|\bwithout paying|\bspread the|\bships? free|"
            r"\bdelivered (?:free|to)|\b(?:nights|days) to (?:try|send|change|return|decide|love)|\bchange your mind|\bmix any\b|\bbundle\b|\bknock\b|\bfor life\b|\blifetime\b|"
            r"\bwarranty|\bguarantee|\bstarter (?:kit|pack|set)|\btill (?:monday|friday|sunday|midnight)|\bwe'll pay\b|\bfree until\b|\bskip any\b|\bno contract|\bno commitment",
        ),
        (
            1.4,
            rf"\bis (?:just |only |now )?{_COUNT_EN}(?:[ -](?:and )?{_COUNT_EN})*(?: until| this|,|$)|\bcode \w+|\bwith (?:each|every) \w+|\bcomes? with (?:a|two|three|every|each)\b",
        ),
        (1.2, r"\border (?:now|today|before|by)\b|\bbuy (?:now|two|this|before)\b|\bincluded\b"),
        (
            1.2,
            r"\bthis month\b|\bthis week\b|\btonight only|\bprice\b|\bpack\b.*\b(?:for|is)\b|\bpair\b|\bset is\b|\bround trip|\bsubscribe\b|\bbottles?, ",
        ),
    ),
    "cta": (
        (
            2.8,
            r"\bclick\b|\btap\b|\blink\b|\bswipe\b|\bhit (?:shop|the)|\bcheck out\b|\bin my bio|\bin the comments|\bthe page\b|\bon our site|\bdownload\b|\bsign up|\bsubscribe now|\bbelow\b",
        ),
        (
            2.4,
            r"^(?:shop|get|grab|order|try|book|reserve|find|pick|choose|check|search|enter|download|see|save|bring|take|put|walk|start|join|compare|visit|learn|claim|follow|return)\b",
        ),
        (
            1.4,
            r"\bgo grab|\bget yours|\bget it\b|\byour (?:spot|size|color|colour|fit|model|dates|weekend)|\btonight\b|\bbefore (?:monday|winter|summer|the)|\btoday\b$|\bfree session|\bfirst minute|\band order\b|\bnear you",
        ),
        (0.8, r"!$|\bnow\.?$"),
    ),
}
