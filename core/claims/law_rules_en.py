"""English copy: FTC deception and substantiation policy, UK CAP Code. Data only.

Bare superlatives are treated as objective claims; contexts in which "best" or
"guaranteed" plainly claim nothing about the product pass.
"""

from __future__ import annotations

from core.claims.rules import TextRule, rule

_READ = "2026-11-22"
_FTC = "FTC Policy Statement Regarding Advertising Substantiation; UK CAP Code 3.7, 3.33"
_HEALTH = "FTC Health Products Compliance Guidance (2022); UK CAP Code 12, 13, 15"
_MONEY = "FTC Business Opportunity Rule, 16 CFR 437; UK CAP Code 14"
_END = r"(?![a-z])"
_START = r"(?<![a-z])"

_AWARD = (
    r"(?:winner|won|winning|voted|named|awarded|finalist|gold medal"
    r"|rated)[^.!?]{0,60}(?:19|20)\d\d[^.!?]*|(?:19|20)\d\d[^.!?]{0,40}(?:awards?|winner"
    r"|finalist)[^.!?]*|best (?:picture|actor|actress|director|in show)"
)
_NEGATED = (
    r"(?:not|isn't|aren't|never|no longer|don't (?:need|want|claim to be)|we're not"
    r"|nothing is|no|nobody's|without|can't be|cannot be|won't|doesn't|do not|does not"
    r"|is not|are not|no one can|without any)(?: [a-z']+){0,3} "
)

_BEST_PASS = (
    r"best (?:before|by|if|enjoyed|served|eaten|kept|stored|used|consumed|drunk|poured"
    r"|tasted|worn|washed|paired|taken|viewed|watched|applied|shared|with|when|over|at"
    r"|for (?:ages|kids aged|use|wearing|hikes? under)|suited to|friends?|wishes|regards"
    r"|man|of luck|practices?|intentions?|foot|guess|self|selves|life|behaviou?r|effort"
    r"|interests?|memory|mate|kept secret|bet|case|thing (?:about|to do|you can do)"
    r"|time (?:to|of|for)|way (?:to|for)|part (?:of|is|about)|day|night"
    r"|ones?(?= are yours)|years?|chance|moments?|memories|buddy|bud|news|laid plans"
    r"|version of (?:you|yourself|me|her|him)|seat (?:in|on)|version|by date"
    r"|of both worlds|is yet to come|of times|feeling|gift (?:you|i|my|we)|use of|friend's"
    r"|answer|advice)" + _END,
    r"(?:second|next|personal|at (?:your|its|her|his|their|my|our)|(?:do|did|does|doing"
    r"|try|tried|trying|give|gave|feel|look|be|being|bring|bringing|for|put|puts|is|works"
    r"|work|taste|tastes|sleep|know|knows|know what's|think|like|liked|suits?|loves?"
    r"|all the|hope for the|make the|as|so as|knows you)(?: (?:at|it|in|out|their|its|is"
    r"|your|my|our|his|her|what's|you|us|it's|all)){0,2})(?: the| your| my| our| his| her"
    r"| their| what's| what is| works)? best(?! [a-z]+ (?:on|in the) (?:the )?(?:market"
    r"|world|planet|earth))(?! (?:coffee|price|product|skin|shoes|deal|quality|brand|cream"
    r"|tea))",
    r"(?:your|my|our|his|her|their|mom's|dad's|grandma's|man's"
    r"|girl's)(?: [a-z]+)? best (?:friend|self|life|day|work|look|years?|foot|angle|side"
    r"|shot|run|ideas?|effort|price (?:yet|this year|of the year)|recipe|stories|dress"
    r"|shirt|mug|smile|memories|sellers? list|seller so far|batch yet|season yet|kept|self"
    r"|one yet|yet)|(?:our|my) (?:own )?[a-z]* ?best (?:[a-z]+ )?(?:so far|yet|to date)",
    r"best[- ](?:loved|kept|size for|fit for|man|fit line|effort|case|of-(?:three|five))"
    r"|best (?:in|of) (?:my"
    r"|our) (?:range|lineup|collection|closet|kitchen|family)|make the best of"
    r"|at best (?:it|i|we|you)(?![a-z])"
    r"|may the best|which (?:one )?(?:is|fits|suits|works)(?: you)? best"
    r"|what(?:ever)? (?:is|works|suits|fits)(?: [a-z]+)? best|know(?:s)? best|best (?:for"
    r"|to) (?:you|me|wash|keep|store|drink|eat|start|wear|use|apply|avoid|serve|let)" + _END,
    _AWARD,
    _NEGATED + r"(?:the )?best",
)

EN_RULES: tuple[TextRule, ...] = (
    rule(
        "en-superlative",
        _START + r"(?:world'?s |nation'?s |country'?s |universe'?s |planet'?s |city'?s "
        r"|town'?s )?best(?:est)?(?:[- ]selling|[- ]sellers?|[- ]in[- ]class|[- ]rated)?" + _END,
        "{word!r} is an objective superlative; it needs proof or a plainer word",
        _FTC,
        _READ,
        _BEST_PASS,
    ),
    rule(
        "en-superlative",
        r"(?<![a-z0-9])(?:(?:n\s?[o0]|num|nr)\s?\.?\s?1(?![\d./])|no\.\s?one|#\s?1(?!\d)|№\s?1(?!\d)"
        r"|numero uno|number[- ]one|number 1(?!\d)|top[- ](?:rated|selling|ranked|1(?!\d))"
        r"|the top (?:brand|choice)|first choice of)" + _END,
        "{word!r} claims a rank; it needs proof with source and date",
        _FTC,
        _READ,
        (
            _AWARD,
            r"(?:step|rule|tip|reason|part|lesson|chapter|question|mistake|priority|day|track|item"
            r"|room|bus|exit|line|platform|gate|size|problem|fear|goal|excuse"
            r"|episode)[: ]{1,2}(?:no\.? ?1|#\s?1|number[- ]one|number 1)|(?:your|my|our|his|her"
            r"|their) (?:number[- ]one|#\s?1|no\.? ?1|number 1) (?:fan|priority|rule|concern|job"
            r"|goal|question|problem|excuse|enemy|mom|dad)|number one, two|(?:not|never"
            r"|isn't) number one|number one (?:on (?:your|my|the) list"
            r"|rule|tip|thing (?:i|you)|reason (?:i|people|to)|mistake|question|fear)|#1(?= of \d"
            r"| in (?:a|the|this) series)|at number one on my",
        ),
    ),
    rule(
        "en-superlative",
        _START + r"(?:world[- ](?:class|leading|beating)|market[- ]leading|industry[- ]leading"
        r"|leading brand|the leading|unbeatable|unrivall?ed|unmatched|unparall?ell?ed"
        r"|second to none|ultimate|the only [a-z\- ]{1,30}? (?:that works"
        r"|you(?:'ll)? (?:will )?(?:ever )?need|in the world|on the market|worth|proven"
        r"|on earth|anywhere)|the only (?:brand|product|coffee|cream|solution|one) that"
        r"|like no other|perfect(?:ion)? guaranteed|the (?:finest|greatest|purest|fastest"
        r"|strongest|lightest|softest|safest|healthiest|smartest|cheapest"
        r"|most [a-z]+) [a-z\- ]{0,30}(?:ever|in the world|on the market|on earth|anywhere"
        r"|money can buy|available|in (?:the country|town|america|britain))"
        r"|greatest of all time|(?:lowest|cheapest|best) prices?(?: (?:ever|anywhere|online"
        r"|guaranteed|in town|on the market))?|cheapest|no other (?:brand|product|coffee|cream"
        r"|[a-z]+) (?:comes close|compares|works)|better than (?:any|every) other"
        r"|nothing (?:else |like it )(?:works|comes close"
        r"|compares)|never been (?:a )?(?:better|cheaper)|beats every|unlike anything)" + _END,
        "{word!r} ranks the product above all others; it needs proof",
        _FTC,
        _READ,
        (
            _AWARD,
            _NEGATED + r"(?:the )?(?:ultimate|cheapest|leading|lowest prices?|unbeatable)",
            r"our (?:own )?(?:lowest|cheapest|best) prices? (?:yet|this (?:year|season)|so far"
            r"|of the year)|(?:lowest|cheapest) (?:setting|shelf|heat|gear|note|tide|point|of our"
            r"|in our (?:range|shop|store|lineup)|day to fly|ticket)|ultimate (?:frisbee|goal"
            r"|decision|question)|the only thing you(?:'ll)? need(?: to)?(?= to [a-z]+ is| is)"
            r"|the leading (?:role|man|lady|cause|edge)|leading (?:up to|to"
            r"|role)|at the lowest|the most [a-z]+ (?:part|thing|time|day|moment) (?:of|about"
            r"|in) (?:my|your|the) [a-z]+",
        ),
    ),
    rule(
        "en-guarantee",
        _START + r"(?:guaranteed?(?: to| results?| success| weight| approval| income| returns?| pass"
        r"| cure| effective| safe| best| lowest)?|guarantees? (?:you|that|results|success"
        r"|instant|a|better|smoother|younger)|results guaranteed|promise(?:d|s)? (?:results"
        r"|to (?:cure|fix|heal|erase))|never fails?|foolproof|fail[- ]?proof"
        r"|100\s?% (?:effective|safe|guaranteed|satisfaction|success|results?|natural cure"
        r"|risk|success rate|pure|secure|proven|effective)|1000?%(?= (?:better|safe"
        r"|effective))|works every (?:single )?time|works for everyone|always works"
        r"|completely safe|totally safe|no side[- ]effects?|zero side[- ]effects?"
        r"|without side[- ]effects|side[- ]effect[- ]free)" + _END,
        "{word!r} promises an outcome nobody can be sure of",
        _FTC,
        _READ,
        (
            r"(?:money[- ]back|satisfaction|price[- ]match|lifetime|limited|year|month|day|written"
            r"|warranty and|our|the|a|bank|standard|delivery"
            r"|freshness)[- ](?:[a-z]+ )?guarantee(?:d)?(?! results| success| to cure| you"
            r"| the lowest| weight)|guarantee (?:card|period|terms|policy|applies|covers|slip"
            r"|certificate)|" + _NEGATED + r"(?:a )?(?:guaranteed?s?(?: [a-z]+)?|foolproof|100\s?% [a-z]+)"
            r"|never fails? to (?:make me (?:smile|laugh)|smile|amuse)|(?:results|delivery dates"
            r"|availability) (?:are )?not guaranteed|guaranteed (?:minimum )?(?:hours|contract)",
            r"100\s?% (?:cotton|wool|linen|silk|arabica|juice|recycled|recyclable|organic cotton"
            r"|leather|polyester|whole|merino|bamboo|cashmere|plant)",
        ),
    ),
    rule(
        "en-health",
        _START + r"(?:cur(?:es?|ed|ing)(?! (?:lamp|time|oven|process|agent))|heal(?:s|ed|ing)? (?:your"
        r"|acne|eczema|arthritis|the body|wounds|pain|cancer|any|all|illness|disease)"
        r"|(?:treat(?:s|ed|ing)?|prevent(?:s|ed|ing)?|revers(?:es?|ed|ing)|eliminat(?:es?|ed"
        r"|ing)|fights?|relieves?) (?:your )?(?:acne|eczema|arthritis|cancer|diabetes|anxiety"
        r"|depression|insomnia|disease|covid|flu|colds?|pain|joint pain|back pain|migraines?"
        r"|headaches?|high blood pressure|aging|ageing|baldness|hair loss|infection|illness"
        r"|inflammation|alzheimer's|dementia|adhd|obesity|wrinkles)|anti[- ]cancer|detox(?:es"
        r"|ify|ifies|ifying|ification)?|cleanses your (?:liver|colon|blood)"
        r"|boosts? (?:your )?(?:immunity|immune system|testosterone|metabolism)"
        r"|lowers? (?:your )?(?:blood pressure|cholesterol|blood sugar)"
        r"|balances? (?:your )?hormones|regrows? (?:your )?hair|clinically proven"
        r"|scientifically proven|medically proven|proven to (?:cure|heal|work|reduce|burn)"
        r"|doctor[- ](?:recommended|approved)|doctors? recommend|dermatologist[- ]recommended"
        r"|fda[- ]approved|approved by the fda|pharmaceutical[- ]grade"
        r"|medical[- ]grade results|kills? (?:99\.9+% of )?(?:viruses|all germs|covid)"
        r"|miracle(?:s)?(?: cure| cream| product| pill| worker)?|magic (?:pill|cure|bullet)"
        r"|wonder drug|add years to your life|age backwards|reverse(?:s)? aging"
        r"|turns? back the clock)" + _END,
        "{word!r} is a health claim this product may not make",
        _HEALTH,
        _READ,
        (
            r"(?:dry|salt|oak|smoke|sun|air|honey|oven|maple)?[- ]?cured (?:meats?|ham|bacon|pork"
            r"|salmon|olives|egg|sausages?|fish|leather|beef|for \d+|in salt|over)|cured(?= (?:in"
            r"|over|for|with|by hand))|curing (?:time|lamp|salt|process)|(?:not|never) (?:intended"
            r"|meant|designed|claim|claims|going) to (?:diagnose|treat|cure|prevent)[^.!?]*|"
            + _NEGATED
            + r"(?:a )?(?:cures?|miracles?|miracle cure|magic pill|magic bullet|clinically proven"
            r"|detox)|(?:no|isn't a|not a|there is no|there's no) (?:magic (?:pill|bullet|cure)"
            r"|miracle(?: cure)?|cure)|miracle whip|miracle on|miracle of (?:birth|life|nature)"
            r"|minor miracle|it's a miracle (?:i"
            r"|we|you|anyone|the)|(?:digital|phone|screen|inbox|social media|closet) detox"
            r"|curing boredom|cures? boredom|cure for (?:boredom|monday)|christmas miracle",
            _AWARD,
        ),
    ),
    rule(
        "en-health",
        _START + r"(?:los(?:e|t|ing) (?:up to )?(?:\d+|ten|twenty|five|thirty) ?(?:pounds|lbs?|kg|kilos"
        r"|inches|stone)|(?:drop|shed|melt|burn)s? (?:up to )?(?:\d+|ten|twenty) ?(?:pounds"
        r"|lbs?|kg|dress sizes|inches)|(?:will|you'll) (?:definitely |surely )?lose (?:weight"
        r"|fat)|drop (?:two|three|\d+) dress sizes|results overnight|never get sick"
        r"|burns? (?:away )?(?:belly |body |stubborn )?fat"
        r"|melts? (?:away )?(?:belly |body |stubborn )?fat|fat[- ]burn(?:er|ing)"
        r"|weight[- ]loss (?:pill|tea|gummies|miracle|secret|results?)|slimming (?:tea|pill"
        r"|gummies|coffee)|rapid weight loss|lose weight (?:fast|overnight|without"
        r"|while you sleep|in)|get skinny|slim down (?:fast|overnight)|no diet or exercise"
        r"|instantly (?:erases?|removes?|lifts?|smooths|whitens|heals|slims|younger)"
        r"|(?:erases?|removes?) (?:all )?(?:wrinkles|scars|cellulite|stretch marks)"
        r"|permanent(?:ly)? (?:removes?|results?|whitens?|erases?|hair removal|cures?|fixes)"
        r"|look (?:\d+|ten|twenty) years younger|whiter (?:skin|teeth) in \d+"
        r"|overnight results|works (?:overnight|instantly)|in just (?:\d+|one|two|three"
        r"|seven) (?:days?|nights?|weeks?),? (?:or|you'll|your)[^.!?]{0,20}(?:younger|slimmer"
        r"|whiter|gone))" + _END,
        "{word!r} promises a change of the body",
        _HEALTH,
        _READ,
        (
            _NEGATED + r"[^.!?]*",
            r"(?:my|our|the) weight[- ]loss (?:journey|diary|story|group)"
            r"|lose weight in your (?:bag|luggage|pack)|lost (?:\d+) pounds (?:of|in) (?:luggage"
            r"|gear|cash|sterling)|fat[- ]burning (?:zone|class) (?:heart rate|on the schedule)",
        ),
    ),
    rule(
        "en-money",
        _START + r"(?:risk[- ]free|zero[- ]risk|no[- ]risk|without (?:any )?risk|get rich(?: quick)?"
        r"|become a millionaire|free money|never get sick"
        r"|double your (?:money|income|investment)|triple your"
        r"|make (?:up to )?[$€£]?\d[\d,]*k? ?(?:dollars )?(?:a|per|every|each) (?:day|week"
        r"|month|hour)|earn (?:up to )?[$€£]?\d[\d,]*k? ?(?:a|per|every|each) (?:day|week"
        r"|month|hour)|(?:guaranteed|passive|effortless|easy) (?:income|profits?|returns?"
        r"|money)|financial freedom|quit your (?:day )?job|can't lose|cannot lose"
        r"|no way to lose|sure[- ]fire|easy money|money while you sleep|six[- ]figure income"
        r"|instant (?:wealth|riches|approval)|be your own boss and earn|insider (?:tips?"
        r"|secret) to)" + _END,
        "{word!r} denies risk or promises income",
        _MONEY,
        _READ,
        (
            _NEGATED + r"(?:a )?(?:risk[- ]free|guaranteed (?:income|profits?|returns?)|no[- ]risk|easy money"
            r"|get rich(?: quick)?|without risk)|(?:nothing is|no investment is|not) (?:entirely "
            r"|ever |completely )?risk[- ]free|(?:not|isn't|never) (?:a )?get[- ]rich[- ]quick"
            r"|beware[^.!?]*|avoid[^.!?]*|before you quit your job|don't quit your (?:day )?job"
            r"|scams?[^.!?]*|warning[^.!?]*"
        ),
    ),
    rule(
        "en-study",
        _START + r"(?:pass (?:first time|guaranteed|or your money)|guaranteed (?:pass|admission|job"
        r"|grades?|acceptance)|fluent in (?:just )?(?:\d+|a|two|three|one) (?:days?|weeks?"
        r"|hours?|month)|guaranteed a job|job guaranteed|straight as guaranteed|(?:100"
        r"|99)\s?% pass rate|learn [a-z]+ (?:overnight|in your sleep|in a week))" + _END,
        "{word!r} promises the result of study",
        _FTC,
        _READ,
        (_NEGATED + r"[^.!?]*",),
    ),
    rule(
        "en-disparage",
        _START + r"(?:other brands|competitors?|the competition|everyone else|everything else|they"
        r"|big brands)(?:'s?)? (?:products? )?(?:are|is|use|sell"
        r"|just sell) (?:all )?(?:garbage|trash|junk|scams?|a scam|fake|fakes|lying|liars"
        r"|rubbish|poison|toxic|crap|inferior|dangerous|ripoffs?|rip-offs?)|(?:destroys?"
        r"|crushes?|demolishes|humiliates) (?:the competition|all other|every other"
        r"|other brands|the big brands)|puts (?:the competition|other brands) to shame",
        "{word!r} runs down other sellers",
        "UK CAP Code 3.42; FTC Act Sec. 5",
        _READ,
        (),
    ),
)
