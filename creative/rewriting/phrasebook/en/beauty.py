"""English phrases for beauty."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="skincare",
    hooks="""
What's on your bathroom shelf?
What do you see in the mirror?
Fewer bottles. Let's talk
Do you read the ingredient list?
Your morning routine, simplified
Swatch time. Watch this
What's step one for you?
Makeup off. Now what?
Your vanity has one empty spot
Let's look at the texture
Mirror check
Getting ready? Me too
""",
    situations="""
You woke up late again
The season just changed
You're packing for a trip
It's date night
You just washed your face
The AC has been on all day
You're taking your makeup off
Half-used bottles everywhere
It's a slow Sunday at home
The group photo is about to happen
You've got a big meeting
The sun is out
You finally have a minute to yourself
Bedtime, lights low
Your package just arrived
You're in front of the mirror
""",
    pains="""
You bought a pile of things and use none
Too many steps. You just want to sleep
The ingredient list is a mystery
It worked for her. Would it for you?
You rush it every single morning
Samples pile up in the drawer
It looked different in the store
Pretty bottle. No idea what's inside
You want less clutter, not more
Your routine eats up the morning
More shelves won't fix it
""",
    uses="""
Keep it by the sink
Morning and night, make it yours
A quiet moment for yourself
Smooth it on and take a breath
Toss it in your travel bag
A simple step before bed
Your mirror, your pace
Add it to your routine
Get one for your sister
Slow down for a minute
""",
)
