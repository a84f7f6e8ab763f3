"""English phrases for fitness."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="workout gear",
    hooks="""
When did you last break a sweat?
Off the couch. Let's go
Working out at home?
What's your warm-up?
Gym bag check
Showing up is the hard part
Ready to move?
Your workout buddy is here
Leg day? Let's talk
You versus yesterday
What's stopping you today?
Roll it out. Watch
""",
    situations="""
You're home and the couch is calling
Your alarm says run
You've been sitting all day
The gym is packed
Your knees meet the floor
It's day one of your plan
Stairs leave you out of breath
It's a lunch-break workout
Everyone's posting their runs
The weather is perfect
You're halfway and want to quit
You're traveling and want to move
It's an evening walk
The kids want to play
Your friends booked a court
You're stretching before bed
""",
    pains="""
You made the plan. The plan didn't last
You bought the gear and it's in the corner
The gym is too far
At home, you stop after a few minutes
You're not sure your form is right
The more you sit, the less you move
Work gets busy and workouts go first
There's no room to store it
Going alone gets boring
Tomorrow. It's always tomorrow
The gear gets in the way
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
)
