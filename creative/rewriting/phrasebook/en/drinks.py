"""English phrases for drinks."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="drinks",
    did="had",
    stories="""
# slump | coffee|tea|matcha|espresso|brew | coffee|bean|tea|brew|steep|ready
fading after lunch
yawning through meetings
dragging by mid-afternoon
staring at the same email
> A few more emails and you're done?
> That after-lunch fade is real
> What gets you through the afternoon?
> Your calendar's full. Your cup's empty
< The work isn't done, but you are
< One more meeting, another yawn
< Your focus left at lunch
< You need a break, not another email
< You'd love one, but you can't leave
+ Good company for a long afternoon
+ Take one to your next meeting
+ Sip, breathe, carry on
# line | coffee|tea|matcha|espresso|brew | ready|fridge|grab|to go|can
standing in the coffee line
losing your break to the café line
waiting for your name to be called
running late for a coffee
> They're in line. You're already sipping
> Your whole break, gone in line?
> The café line is out the door
> Who has time for that line?
< A coffee run eats your whole break
< You wait, and then it's lukewarm
< By the time it's ready, break's over
< You only wanted a coffee
+ No line, just open and sip
+ Keep one in the fridge
+ Grab it on your way out
# sweet | | sugar|sweet|syrup|calorie|just
pouring out drinks that are too sweet
drinking syrup by accident
craving something not so sweet
leaving half the cup
> Why is everything so sweet?
> Too sweet again?
> You wanted refreshing. You got syrup
> Ever find one that isn't sweet?
< A few sips, and it's too sweet
< You ask for light and get syrup
< You put it down halfway, again
< Everything on the shelf tastes like candy
+ For people who skip the syrup
+ Crisp, simple, yours
+ If sweet isn't your thing, this is
# label | | label|ingredient|just|only|sugar|beans|lab|organic
squinting at drink labels
guessing what's in your drink
reading the back of the bottle
putting bottles back on the shelf
> What's really in your drink?
> Have you read your drink's label?
> Turn the bottle around. What's in it?
> Can you name what you're drinking?
< The label reads like a chemistry test
< A long list of things you don't know
< Every bottle on the shelf looks alike
< You like the taste, not the list
+ You know what you're drinking
+ Read it, then enjoy it
+ Nothing to puzzle over
# fridge | | ice|fridge|cold|bottle|ready|can
opening an empty fridge
going thirsty all afternoon
settling for tap water
craving something cold
> Open the fridge. What do you see?
> Hear that? Ice in a glass
> Takeout's here. Where's the drink?
> It's hot. What are you drinking?
< The fridge is full, nothing calls you
< You want something cold, now
< Your water went warm hours ago
< You only notice when you're thirsty
+ Pour it over ice or drink it straight
+ Cold, and within reach
+ Pour one for a friend, too
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
    calls="""
tap below and stock your fridge
tap the link and try one
order below and pour one
see it at the link below
tap below to get yours
""",
)
