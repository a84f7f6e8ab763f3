"""Phrases any English ad may use, whatever it sells."""

from __future__ import annotations

from creative.rewriting.phrasebook.en.openings import FACT_HOOKS, PAIN_TAILS, SCENE_HOOKS, STORIES
from creative.rewriting.phrasebook.en.selling import (
    CALLS,
    CTA_LEADS,
    CTA_TAILS,
    NO_OFFER,
    OFFER_LEADS,
    OFFER_TAILS,
    OFFERS,
    PRICES,
    SHORT_CALLS,
)
from creative.rewriting.phrasebook.phrases import GeneralPhrases, phrases

GENERAL = GeneralPhrases(
    scene_hooks=SCENE_HOOKS,
    fact_hooks=FACT_HOOKS,
    stories=STORIES,
    pain_tails=PAIN_TAILS,
    fact_leads=phrases("""
{name}:
Meet {name}:
{short}:
Try {name}:
Enter {name}:
Switch to {name}:
This is {brand}:
Say hi to {name}:
Take a look at {name}:
Here's what you get:
This is the good part:
The detail that counts:
What you get:
The good part:
It's simple:
@expert The detail to check:
@expert Look here first:
@warm A little care goes in:
@fast Key point:
@fast Quick one:
@story Then I found {name}:
@story What caught my eye:
@plain Simply put:
"""),
    fact_tails=phrases("""
Yes, really
Makes sense, right?
Just like that
Worth a look
@expert That's the detail to check
@warm It's the little things
@fast Love that
@story That's when I stopped scrolling
@plain That's all there is to it
"""),
    shape_tails={
        "quantity": phrases("""
In plain numbers
"""),
        "absence": phrases("""
Left out on purpose
None of it
"""),
        "origin": phrases("""
You know where it comes from
It starts at the source
"""),
        "process": phrases("""
No shortcuts there
Good things take time
That step matters
We didn't rush it
"""),
        "ingredient": phrases("""
You know what's in it
Nothing to decode
Easy to understand
"""),
        "convenience": phrases("""
No fuss
Simple as that
One less thing to do
"""),
        "service": phrases("""
One less thing to worry about
So you can plan around it
"""),
        "certificate": phrases("""
It's on paper
Documented
"""),
        "packaging": phrases("""
See for yourself
"""),
    },
    uses=phrases("""
Make room for one small good thing
A little treat for an ordinary day
For you, or for someone you like
Some days call for something nice
Make it part of your routine
Take a minute for yourself
Less fuss, more living
It fits right into your day
Start small and see how it feels
Because ordinary days count, too
"""),
    use_tails=phrases("""
Nice and easy
Just like that
Why not?
Feels right
Sounds good, right?
@warm Take your time
@fast Go for it
@plain Nothing complicated
"""),
    proof_leads=phrases("""
Look a little closer:
One more detail:
It gets better:
Also worth knowing:
There's more:
And this:
Better yet:
Also:
No hype:
Plus:
Fact:
@expert For the record:
@expert The spec that matters:
@warm So you can be sure:
@fast Next:
@story Then I looked closer:
@plain Plain fact:
"""),
    label_leads=phrases("""
Check the label:
Turn it around:
Straight from the label:
Flip it over:
"""),
    proof_tails=phrases("""
See for yourself
You be the judge
Just like that
Worth a look
@expert The details hold up
@warm So you can choose with ease
@fast Love that
@story That settled it
@plain That's a fact
"""),
    proofs=phrases("""
See it up close and decide
Turn it around. Look at every side
No filter, just the real thing
Take a good look, up close
No tricks. See for yourself
The camera doesn't lie
Look first, then decide
Every angle, right here
Be picky. Go ahead
Let the picture do the talking
Here it is, up close
Watch closely, that's the real thing
Zoom in as far as you like
Judge it with your own eyes
"""),
    offers=OFFERS,
    prices=PRICES,
    offer_leads=OFFER_LEADS,
    offer_tails=OFFER_TAILS,
    no_offer=NO_OFFER,
    cta_leads=CTA_LEADS,
    cta_tails=CTA_TAILS,
    calls=CALLS,
    short_calls=SHORT_CALLS,
)
