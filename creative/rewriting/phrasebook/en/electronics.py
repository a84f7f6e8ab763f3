"""English phrases for electronics."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="gadgets",
    hooks="""
What's on your desk right now?
Let's unbox it
Specs are confusing. This isn't
What do you never leave without?
How old is yours?
Turn it on. Watch
Fewer cables? Yes, please
Let's see the ports
Tech should be simple
Press the button. Go
Your desk could use this
What's in your bag?
""",
    situations="""
Your phone is about to die
Your train is loud
Your cables are a knot
The meeting starts and nothing connects
You're in bed with a show on
You're cooking with both hands full
The hotel has one outlet
The video call froze
It's game night
You've been on screen all day
You're setting up a new place
Grandma's calling about the manual
You missed the shot
You want some quiet
Your old one finally gave up
It's movie night at home
""",
    pains="""
The manual reads like a novel
So many features, and you use a few
Cables everywhere
It quits right when you need it
It's slow, and you know it
You compared specs all night
You're always hunting for a charger
Tiny buttons, tiny text
Setup took the whole afternoon
Loud, bulky, and in the way
You can't tell which one to buy
""",
    uses="""
Turn it on and get going
Keep it on your desk
Take it to work, bring it home
Easy to hand to your parents
Toss it in your bag
Clear desk, clear head
Use it every day
Hold it, turn it, look at it
Press a button and relax
It earns its spot on the shelf
""",
)
