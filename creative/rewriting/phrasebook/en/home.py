"""English phrases for home."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="home goods",
    did="used",
    stories="""
# messy | storage|box|shelf|rack|organizer|basket|bin|hook | liter|fold|hold|wheel|thick
tripping over clutter
cleaning up the same mess
running out of space
looking for it everywhere
> Which corner bugs you?
> Where did all this stuff come from?
> The closet won't close, will it?
> Small place, lots of stuff?
< You tidy up. Days later, a mess
< More stuff, less room
< You know you have one, somewhere
< Open the door, it all falls out
+ Everything has a place
+ Put it away, close the lid
+ Make that corner yours
# sleep | pillow|mattress|sheet|bed|blanket|duvet|quilt | height|cover|wash|setting
flipping your pillow at night
folding your pillow in half
waking up with a stiff neck
counting ceiling cracks
> Did you flip your pillow last night?
> Too high, too flat, too hot?
> How old is your pillow?
> Wide awake again?
< First too high, then too flat
< You fold it, punch it, flip it
< You're in bed, and not comfortable
< Morning comes, and your neck knows
+ Lie down and leave it there
+ Set it your way
+ Bed, lights out, done
# cook | pan|pot|cook|knife|kitchen|kettle|wok|oven | induction|hold|coat|work
scrubbing burnt pans
scraping eggs off the pan
dreading the cleanup
cooking in a mess
> Egg stuck to the pan again?
> Cooking's fun. Scrubbing isn't
> How old is that pan?
> What's for dinner, and in what pan?
< Dinner's over, and you're still scrubbing
< The egg stays in the pan
< New stove, and the pan won't work
< The sink's full before you sit down
+ Cook, plate, sit down
+ Make dinner the easy part
+ Your kitchen, your pace
# chores | mop|broom|clean|towel|vacuum|brush|duster | wash|fold|set
mopping after work
spending Sunday on the floors
wiping and still seeing streaks
doing chores all weekend
> Clean-up day again?
> Home from work, on to the mop?
> Is your Sunday a chore list?
> Wiped it, and it's still streaky?
< You wipe it. It still looks dull
< Chores never end
< You're tired, and the floor isn't done
< There goes the weekend
+ Less tidying, more couch
+ Done, and feet up
+ Get your Sunday back
# worth | | warranty|hold|thick|year|work
putting up with worn-out stuff
buying cheap and buying twice
replacing cheap stuff every year
regretting the bargain
> When did you last replace this?
> How long have you put up with it?
> Bought cheap. How did that go?
> What do you check before you buy?
< Cheap ones break. Good ones cost more
< It takes up space and hardly helps
< You've put up with it too long
< It looked easy until you built it
+ An everyday thing, chosen well
+ Something you'll reach for
+ Made for daily use
# evening | | fold|setting|height|wheel|wash
coming home to chaos
renting and making do
ignoring that one corner
living with a half-done home
> What's the first thing you see at home?
> You rent. It's still home
> Home, but not quite cozy?
> What would make tonight easier?
< You're tired, and the house isn't done
< Little annoyances, every single day
< You'll get to it. Someday
< The weekend plan slips again
+ Come home to something nice
+ Small change, nicer room
+ Take it along when you move
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
    calls="""
tap below and see it at home
tap the link and check the size
order below for your place
see it up close at the link
tap below to get yours
""",
)
