"""English phrases for fashion."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="clothes",
    hooks="""
Full closet, nothing to wear?
What are you wearing today?
Watch it move
Let's look at the stitching
Fit check
Would you wear this?
Change outfits a lot? Same
Feel the fabric. Almost
What's your go-to piece?
Turn around. Okay, wow
Your closet has a gap
Dressed in a minute. Really?
""",
    situations="""
You're staring into your closet
It's date night and nothing works
The seasons just changed
You've got an interview
It's a weekend with no plans
You're packing for a trip
The office is freezing
Dinner is right after work
You've tried on everything you own
The wedding invite came
Chilly mornings, warm afternoons
You're late and still not dressed
Your package just arrived
You're on a video call
Your jeans feel tight
You pass a shop window
""",
    pains="""
You own plenty and wear the same things
It looked great on the model
A few washes, and it's different
Cute or comfortable? Pick one
Sizing is always a guess
Everyone showed up in the same shirt
You keep the tags on and hope
The fabric feels wrong all day
You want a new look without the drama
Getting dressed takes forever
You bought it on a whim and never wore it
""",
    uses="""
Wear it to work, wear it out
Throw it on and go
Mix it with what you own
Dress it up or keep it simple
Walk, sit, stretch. See how it moves
Hang it where you can see it
Pack it for the weekend
Layer it your way
One less thing to think about in the morning
Wear it out tonight
""",
)
