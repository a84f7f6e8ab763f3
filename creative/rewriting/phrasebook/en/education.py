"""English phrases for education."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="lessons",
    did="taken",
    stories="""
# speak | english|spanish|french|language|german|speaking|japanese | live|class|speak|beginner|teacher
freezing when you have to speak
studying for years, still silent
forgetting words mid-sentence
nodding through meetings
> Could you say it out loud?
> It's your turn to speak. Ready?
> Years of study. Can you chat?
> A colleague says hello. Now what?
< You know it until you need it
< You understand it all and say nothing
< You learn it, then forget it
< The moment passes, and you're still thinking
+ From listening to speaking up
+ Use it right away
+ Say it badly, then say it better
# kid | kid|child|coding|art|math|homework|brush | review|homework|workbook|trial|per class
refereeing homework time
raising a kid who can't sit still
running out of weekend ideas
hearing "I'm bored" all day
> Homework time again?
> What's your kid doing this weekend?
> Screen time or learning time?
> Your kid asks, and you can't answer?
< Kids can't sit still for this
< You explain it. It ends in tears
< You signed up, and can't see progress
< Homework takes the whole evening
+ Learn together with your kid
+ You can watch it click
+ A better kind of screen time
# exam | exam|test|prep|sat|certificate | review|replay|lesson|workbook|live
cramming the night before
rereading the same page
failing practice questions
running out of study days
> The date is close. Are you?
> Same page, third time?
> How's the studying going?
> Notes full, answers blank?
< You understand it until you try it
< A full notebook, an empty answer
< Everything looks important at once
< Days run out before chapters do
+ Follow along, step by step
+ Pause, rewind, try again
+ One page less to fear
# start | | beginner|trial|lesson|refund
waiting to feel ready
starting over again
drowning in free tutorials
wanting a new job
> What would you love to learn?
> Stuck at the start?
> How many courses did you finish?
> New skill, who's in?
< Too many tutorials, no clear start
< Lesson one, easy. Then you got lost
< You keep meaning to start
< You pay, then log in once
+ Start small and see how it feels
+ One step, then the next
+ Go at your own pace
# alone | | live|teacher|review|per class
studying alone
asking questions nobody answers
zoning out in class
quitting when no one's checking
> Learning alone? You don't have to
> Who do you ask when you're stuck?
> Did you zone out again?
> Who checks your homework?
< Questions pile up, no one to ask
< Nobody checks, so you stop
< Signed up excited, logged in sleepy
< You get stuck, and stay stuck
+ Ask, and keep going
+ Someone's there when you're stuck
+ Easier with a class around you
# time | | replay|week|live|two
missing class for work
studying in spare minutes
falling asleep over books
losing your evenings to scrolling
> What do you do on your commute?
> Any energy left after work?
> Missed the class again?
> Got a quiet evening?
< Bits of time, never a block
< Work runs late, and class is over
< You open the book and fall asleep
< Your evening vanishes into your phone
+ Listen on the way, review at night
+ Missed it? Catch up
+ A little each day
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
    calls="""
tap below and see the course
tap the link and look inside
sign up below and start
see the schedule at the link
tap below to save your seat
""",
)
