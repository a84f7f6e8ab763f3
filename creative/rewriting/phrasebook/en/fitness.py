"""English phrases for fitness."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="workout gear",
    did="used",
    stories="""
# couch | | fold|adjust|level|trial|thick
losing to the couch
sitting all day
putting it off till tomorrow
stiffening up at your desk
> Did you move today?
> Couch or mat tonight?
> How long have you been sitting?
> Starting tomorrow? Sure
< Shoes on, couch wins anyway
< More sitting, less moving, repeat
< Tomorrow. It's always tomorrow
< Your shoulders filed a complaint
+ A few minutes still count
+ Leave it where you'll see it
+ Off the couch, onto it
# gym | | strap|bag|weigh|fold|adjust
paying for a gym you skip
waiting for the machines
driving to the gym in traffic
working out in a tiny room
> When did you last go to your gym?
> Gym packed again?
> Could you train at home?
> How far is your gym, really?
< You drive longer than you train
< One set, then you wait your turn
< You pay monthly and go rarely
< There's no room for big gear
+ Your living room is open
+ Take it to the park
+ Pack it, train anywhere
# floor | mat | thick|texture|foam|strap
kneeling on a hard floor
slipping in downward dog
chasing your mat around
training on a thin mat
> Do your knees meet the floor?
> Is your mat running away?
> Hard floor, short workout?
> How thin is your mat?
< Your knees give up before you do
< Your hands slide halfway through
< The corners curl, your mood follows
< You fix the mat, not your form
+ Roll it out and stay a while
+ Hold it a little longer
+ Roll it up when you're done
# strength | band|dumbbell|weight|kettlebell|bar | level|weigh|resist|adjust
lifting the same weight
going through the motions
training with water bottles
guessing how heavy to go
> Too light? Too heavy?
> Still lifting water bottles?
> Which muscle is it today?
> Same set, same weight, same you?
< You finish, and feel nothing
< Too light bores you, too heavy hurts
< You're not sure you did it right
< A full set won't fit at home
+ Step up when you're ready
+ You versus yesterday
+ A few sets, then dinner
# cardio | rope|run|bike|tread|jump | bearing|length|adjust|count
panting on the stairs
tripping over your rope
skipping runs for the weather
forgetting what sweat feels like
> Stairs leave you breathless?
> Tripped over the rope again?
> Raining? No run, then?
> When did you last break a sweat?
< A few jumps, and it tangles
< The rope's too long, the temper's short
< The weather always has an excuse
< One flight up, you need a minute
+ All you need is a little floor
+ Sweat first, shower later
+ Jump in before breakfast
# quit | | trial|bag|include|adjust
quitting by Thursday
training alone
buying gear you never use
restarting the same plan
> How did the last plan go?
> Your gear's in the corner, isn't it?
> Showing up is the hard part
> Day one again?
< You made a plan. It didn't last
< Work gets busy, and workouts go first
< Going alone gets boring
< You bought the gear. It's gathering dust
+ Start small, show up
+ Go at your own pace
+ Bring a friend along
""",
    uses="""
Roll it out and start
A few minutes still count
Take it to the park
Go at your own pace
Bring a friend along
Warm up, cool down, done
Put it where you'll see it
Set a small goal
Move a little, every day
Sweat first, shower later
""",
    calls="""
tap below and get moving
tap the link and start tonight
order below and start
see it at the link below
tap below to get yours
""",
)
