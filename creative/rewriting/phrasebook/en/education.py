"""English phrases for education."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="lessons",
    hooks="""
What would you love to learn?
How many courses did you finish?
Stuck at the start?
Let's listen to a minute of class
What's on your study desk?
Learning alone? You don't have to
Could you say it out loud?
Homework time again?
Learn something on your commute
New skill, who's in?
Why didn't it stick last time?
Take out a notebook
""",
    situations="""
It's homework time
You're on the train with your phone
It's your turn to speak in the meeting
You want a new job
Your books are gathering dust
The exam date is close
You zone out halfway through
Your kid asks, and you can't answer
You've got a quiet evening
You're updating your resume
A colleague says hello in another language
You filled a whole notebook
The weekend is free
You want to try something new
Your friends are all learning something
You read the same page again
""",
    pains="""
You learn it, then forget it
Studying alone gets lonely
Too many tutorials, no clear start
You understand it until you try it
You've got bits of time, never a block
Kids can't sit still for this
Nobody checks, so you stop
Questions pile up with no one to ask
You signed up excited and logged in sleepy
You've studied for ages and still can't speak up
Your downloads folder is full of courses
""",
    uses="""
Listen on the way, review at night
A little each day
Follow along, step by step
Pause, rewind, try again
Learn together with your kid
Use it right away
Take notes and take your time
Go at your own pace
Turn spare minutes into practice
From listening to speaking up
""",
)
