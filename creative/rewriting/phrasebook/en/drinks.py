"""English phrases for drinks."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="drinks",
    hooks="""
What's in your cup today?
Thirsty? Watch this pour
Open the fridge. What do you see?
Hear that? Ice in a glass
Your desk is missing a drink
What are you sipping right now?
First sip of the day. What is it?
Have you read your drink's label?
That mid-meeting thirst is real
Someone's in line. You're already sipping
Let's pour one
Your fridge has room for this
""",
    situations="""
Another long meeting
The café line is out the door
It's hot and your throat is dry
The afternoon slump is here
You're late and skipped breakfast
Your takeout is here, but no drink
You just finished a run
The fridge is empty again
Friends are coming over
A slow Sunday morning
The movie's about to start
You're stuck at your desk
Your water went warm hours ago
It's a long train ride home
You're working late again
The sun won't quit
""",
    pains="""
You wait in line, then sip it lukewarm
You want something good without the fuss
Too sweet again? You put it down halfway
You forgot to drink anything since noon
Every bottle looks the same on the shelf
The label reads like a chemistry test
Making it yourself takes forever
You open the fridge and nothing calls you
It tasted better in the picture
You want refreshing, you get syrup
A coffee run eats your whole break
""",
    uses="""
Pour it over ice or drink it straight
Keep one in the fridge
Sip it slowly
Take one to your next meeting
Good with breakfast, good with a break
Pour one for a friend
Grab it on your way out
Sip, breathe, carry on
A quiet sip before the day starts
""",
)
