"""English phrases for home."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="home goods",
    hooks="""
What's the first thing you do at home?
Which corner bugs you?
Let's fix up this spot
Small place? This is for you
Home is in the details
Chores? Let's make this quick
Where does this go? Watch
Your kitchen has a favorite
When did you last replace this?
Look at that corner now
Clean-up day again?
Come in, take a look
""",
    situations="""
You just got home
It's cleaning day
The counter is a mess
You can't find anything
Guests are on their way
The kids' stuff is everywhere
You've just moved in
The sink is full
You're ready for bed
The closet won't close
It's your day off
The bathroom floor is wet
You're sinking into the couch
You rent, but it's still home
You're changing the sheets
The drawer is stuck again
""",
    pains="""
You tidy up, and it's a mess by Tuesday
Chores never end
It takes up space and hardly helps
Cheap ones break. Good ones cost a lot
You can't find what you need
You wipe it, and it still looks dull
More stuff, less room
You're tired, and the house isn't done
It looked easy until you built it
You've put up with it for too long
Everything falls out when you open the door
""",
    uses="""
Keep it where you reach for it
Use it, put it back, done
Kitchen, bedroom, wherever
Come home to something nice
Less tidying, more couch
Everyone at home can use it
Take it along when you move
Make that corner yours
An everyday thing, chosen well
Get one for your parents, too
""",
)
