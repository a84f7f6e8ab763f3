"""English phrases for travel."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="trips",
    did="been",
    stories="""
# desk | hotel|inn|tour|spring|resort|stay|villa|cabin|trip|retreat | balcony|breakfast|night|pet|spring
daydreaming at your desk
working every weekend
staring at travel photos
saving up days off
> When was your last trip?
> Out of office. When?
> What's outside your window?
> Desk all week. Then what?
< Another weekend, same couch
< Everyone's posting beaches. You're in a meeting
< You've got days off and no plan
< Your body's at work. Your mind isn't
+ Wake up slow, look outside
+ Stop when you like
+ Keep a few days for yourself
# planning | hotel|inn|tour|spring|resort|stay|villa|cabin|trip|retreat | pickup|station|cancel|breakfast
drowning in travel tabs
booking and rebooking
waiting too long to book
planning in a group chat
> How many tabs are open?
> Tired of planning? Watch
> Booked yet, or still comparing?
> What if plans change?
< All that planning, and still lost
< You book, and the plan changes
< The chat never agrees on a date
< The trip hasn't started, and you're tired
+ One thing less to plan
+ Book it, then breathe
+ Plans can change. That's fine
# family | hotel|inn|tour|spring|resort|stay|villa|cabin|trip|retreat | breakfast|balcony|pet|pickup|shopping
traveling with your parents
planning for picky kids
leaving the dog behind
herding the family at the airport
> Who are you taking with you?
> Kids on break. Where to?
> What about the dog?
> Who plans the family trip? You
< Traveling with family means endless details
< The kids run. You carry the bags
< Everyone wants to go somewhere different
< You come back needing a holiday
+ Kids play, you rest
+ Bring the ones you love
+ Walk a little, see a lot
# crowd | hotel|inn|tour|spring|resort|stay|villa|cabin|trip|retreat | shopping|balcony|night|station
queueing on your day off
rushing from stop to stop
seeing heads, not views
needing a break from your break
> Vacation or endurance test?
> In line on your day off?
> Did the photo show the crowd?
> Tours that end in a gift shop?
< The photos were empty. The place wasn't
< You spend the trip getting there
< You saw it all and remember nothing
< Up early, back late, feet gone
+ Slow down and look around
+ Sit down and feel the breeze
+ Take the long way
# luggage | suitcase|luggage|carry-on|bag|backpack | wheel|liter|lock|carry
sitting on your suitcase
dragging a broken wheel
checking bags you could carry
repacking at the counter
> Does your suitcase close?
> Hear that wheel? So does the street
> How fast can you pack?
> Carry-on or check-in?
< One stuck wheel, one missed train
< You sit on it. It won't close
< Find one thing, unpack everything
< It pulls left. You pull right
+ Pack light, feel light
+ Roll it to the gate
+ Zip it and go
# someday | | day|night|breakfast|cancel
saying someday again
saving places you never see
letting days off slip by
unpacking your plans again
> Which spot is on your map?
> Where to next?
> Someday, or this month?
> Your next weekend, sorted?
< Someday keeps moving
< You saved the place and never went
< You always forget something
< The calendar fills up without you
+ Leave on Friday, breathe by night
+ Make someday a date
+ Go, and tell us about it
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
    calls="""
tap below and see the dates
tap the link and look around
book below and pack
see the details at the link
tap below to plan it
""",
)
