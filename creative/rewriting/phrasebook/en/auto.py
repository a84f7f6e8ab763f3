"""English phrases for auto."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="car gear",
    hooks="""
What's rolling around in your car?
Drivers, look at this
Let's open the trunk
First thing you do in the car?
Long drive coming up?
Stuck in traffic? Same
New driver? You'll want this
Your car is half your home
Look at that dashboard
When did you last clean your car?
Check your back seat
Does it fit your car? Let's see
""",
    situations="""
You're stuck in morning traffic
It's a weekend road trip
You're parking in a tight spot
The car's an oven
The kids are snacking in the back
The rain won't stop
Things are sliding all over the trunk
You're picking up a client
You just washed the car
Your phone is dying on the road
You just got your new car
It's a late drive home
You're waiting at a red light
It's a freezing morning
The back seat is a mess
You've got a long way to go
""",
    pains="""
You clean it, and it's a mess in days
No time to take care of the car
It doesn't fit, and taking it off is worse
Something's always rattling
Getting in feels like an oven
Passengers notice the mess
Will it fit your car? You never know
The car wash line is long
Long drives are hard on your back
You need it, and it's at home
Things fall between the seats, forever
""",
    uses="""
Keep it in the car
Use it on every drive
Leave it in the trunk
A tidy car feels better
Set it up and forget it
Good for you and your passengers
Be ready for the long road
Tidy up at the red light
Treat your car like home
Old or new, take care of it
""",
)
