"""English phrases for travel."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="trips",
    hooks="""
Where to next?
Bags packed? Almost
Which spot did you circle on the map?
What's outside your window?
Your next weekend, sorted?
Who are you taking with you?
Out of office. Finally
Need a change of view?
Look at that morning
Tired of planning? Watch
Sea or mountains?
When was your last trip?
""",
    situations="""
You've got days off and no plan
You've been at your desk too long
The suitcase won't close
You're traveling with your parents
The kids are on break
It's Friday afternoon
You've got too many tabs open
You just landed
Your friends keep saying someday
You're on the road
You still need a place to stay
Your phone is full of photos
You've worked every weekend
Everyone's posting beaches
You've been in line for ages
You're heading home already
""",
    pains="""
All that planning, and you still feel lost
Half the trip goes to getting there
The photos were empty. The place wasn't
Traveling with family means endless details
Comparing prices gives you a headache
Heavy bags, slow trip
You come back more tired than you left
Plans change, and you scramble
You always forget something
Someday keeps moving
Everyone wants to go somewhere different
""",
    uses="""
Wake up slow, look outside
Stop when you like
Kids play, you rest
Walk a little, see a lot
Take the long way
Bring the people you love
Pack light, feel light
Sit down and feel the breeze
Leave on Friday, breathe by night
Keep a few days for yourself
""",
)
