"""How any English ad may open: a story's scene or a fact made a hook, and stories that fit whatever is sold."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import phrases, read_stories

SCENE_HOOKS = phrases("""
{s}?
Still {s}?
{who}, still {s}?
Tired of {s}?
{who}, tired of {s}?
Caught yourself {s}?
Anyone else {s}?
Who else is {s}?
POV: you're {s}
If you're {s}, watch this
Done with {s}?
Sick of {s}?
{who}: {s}?
Are you {s}?
Hands up if you're {s}
""")

FACT_HOOKS = phrases("""
{fact}? Yes, please
{fact}? Tell me more
{fact}? I'm listening
{fact}? That got my attention
{who}, how about this: {fact}?
""")

STORIES = read_stories("""
# choose | | tested|certif|material|ingredient
comparing {kind} all night
worrying about the wrong pick
scrolling through lookalikes
reading reviews in bed
> What do you look for in {kind}?
> Still shopping for {kind}?
> Picky about {kind}?
> Choosing {kind} shouldn't be this hard
> What would make you switch?
< Too many choices, too little time
< You read reviews all night and still can't pick
< Everything looks the same after a while
< Choosing wrong again? No thanks
+ One less thing to compare
+ Pick it and get on with your day
# regret | | warrant|return|made|material
buying the wrong one again
falling for the photos
settling for good enough
paying twice for cheap stuff
> Great photos. Then it arrived?
> Happy with your {kind}?
> Bought the wrong one before?
> What did the photos leave out?
< It looked great online, and then it arrived
< You settle, and you feel it every day
< It sounded great until you opened the box
< The photos never tell you enough
+ Look first, then decide
+ Chosen well, used often
# busy | | ready|easy|one|fold
running out of time to shop
putting it off again
making do for now
remembering it too late
> Too busy to pick {kind}?
> Next time? Which next time?
> {who}, got a minute?
> Still making do?
< You save it for later, and later never comes
< You want simple. You get complicated
< You're busy. Who has time to compare?
< You keep telling yourself, next time
+ Less fuss, more living
+ Keep it simple and enjoy the day
""")

PAIN_TAILS = phrases("""
It gets old
We've all been there
Sound familiar?
Every single time
Who needs that?
Enough of that
It wears you out
@story That was me, too
@warm You deserve an easier day
@fast Done with that
""")
