"""How English ads say price and offer, and how they call."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import phrases

OFFERS = phrases("""
{p}. {o}
Just {p}. {o}
It's {p}. {o}
{o}. Just {p}
Get it for {p}. {o}
Yours for {p}. {o}
{p} {get}. {o}
{name} for {p}. {o}
{p}, plus this: {o}
{o}. {p} {get}
{name} is {p}. {o}
""")

PRICES = phrases("""
{p}
Just {p}
It's {p}
Yours for {p}
Get it for {p}
{p} {get}
{name} is {p}
{name}, just {p}
Get {name} for {p}
""")

OFFER_LEADS = phrases("""
{name}:
{short}:
And the price?
How much?
Ready for the price?
What does it cost?
No guessing:
So what does {name} cost?
Ready for the price of {name}?
Here's what you pay for {name}:
Before you ask, here's the price:
@fast Price? Easy:
@warm No surprises here:
@expert You've seen the details. The price:
@plain Plain price:
""")

OFFER_TAILS = phrases("""
No surprises
Sounds fair?
Like it? Take it home
Treat yourself
Add it to your cart
Worth a look
@fast Grab it
@warm Get one for a friend, too
@expert See what you think
""")

NO_OFFER = phrases("""
Tap through to see the price
The price is on the page
Curious what it costs? Take a look
Open the page for the price
Sizes and prices are on the page
Like it? See what it costs
Check the price when you're ready
""")

CTA_LEADS = phrases("""
Like it?
Want {name}?
Want {short}?
Want in?
Ready?
Curious?
Like what you see?
Sounds good?
Ready for {name}?
Curious about {name}?
Ready for yours?
Want to know more?
{who},
Don't just watch,
For {name},
@fast Quick,
@fast Let's go:
@warm Treat yourself:
@expert Seen enough?
@story Your turn:
@plain Simple:
""")

CTA_TAILS = phrases("""
Go and meet {name}
See what you think
Have a look around
Say hi to {brand}
Pick yours
@warm Treat yourself
""")

CALLS = phrases("""
tap the link below
open the link and take a look
tap below to see more
take a closer look below
tap below and pick yours
""")

SHORT_CALLS = phrases("""
tap below
tap the link
take a look
""")
