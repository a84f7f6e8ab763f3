"""How any English ad may open: hooks, turns after a moment of the day, and what bothers the viewer."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import phrases

HOOKS = phrases("""
Hold on, you'll want to see this
{who}, this one's for you
Still shopping for {kind}? Stop here
What do you look for in {kind}?
Be honest, does this sound like you?
Let's skip the small talk
Look closer. No filter, no tricks
Here's what's actually inside
Let's talk about {kind}
One thing, on the table, right now
If you're picky about {kind}, watch this
Forget the label for a second
Ever wonder what makes {kind} good?
You know that feeling, right?
This might be what's missing
Meet {name}
So, what's the story with {name}?
Have you met {brand} yet?
Let me show you something
Before you buy {kind}, look at this
Small things make or break a day
You deserve better than "good enough"
Your day is busy. Keep this simple
Don't take my word for it
What's all this about {name}?
Put it under the light and look
Choosing {kind} shouldn't be this hard
Okay, picture this
Let's open it up together
Wait, look at this part
No jingle today. Just {name}
Let's make {kind} simple
Some things are worth slowing down for
You scroll, I'll show
Quick question about {kind}
Tired of settling? Look here
Here's something for your list
@expert Know your {kind}? Check this detail
@expert Look where the experts look: the details
@expert The details tell you everything
@warm Hey, take a breath for a second
@warm I made this one for you
@warm Sit down, this one's gentle
@fast Eyes here. Let's go
@fast No intro. Just this
@fast Blink and you'll miss it
@story It started on an ordinary morning
@story Here's how I ran into {name}
@story Let me tell you a short story
@plain Short video. Simple product
@plain Here it is, plain and simple
What matters to you in {kind}?
{who}, what's on your wish list?
""")

TURNS = phrases("""
Sound familiar?
Been there?
Is that you?
Now look at this
Here's an idea
Cue {name}
Let's fix that
Then there's this
Take a look
Meet {name}
You're not alone
What would you do?
Time to switch things up
This is for you
I get it
Keep watching
{who} know the feeling
Let's talk about that
Try this instead
Picture {name} right there
@story Then along came {name}
@story That's how this story starts
@warm You've earned a little care
@warm I know that feeling
@fast Stop right there
@fast Say no more
@expert There's a reason for that
@expert Let's look at the details
@plain Here's the answer
@plain Just look at it
""")

PAINS = phrases("""
Too many choices, too little time
You read reviews all night and still can't pick
It looked great online, and then it arrived
You keep telling yourself, next time
Close enough never feels quite right
You want simple. You get complicated
Everything looks the same after a while
You settle, and you feel it every day
The fine print always hides something
You're busy. Who has time to compare?
You've got a full cart and no idea
It sounded great until you opened the box
Nobody wants to guess what they're buying
You just want one that makes sense
Choosing wrong again? No thanks
The photos never tell you enough
You save it for later, and later never comes
There's always one thing missing
""")

PAIN_TAILS = phrases("""
It gets old
We've all been there
Not fun
Every single time
It adds up
And you feel it
Who needs that?
It doesn't have to be that way
Enough of that
There's another way
Sound familiar?
It wears you out
So let's change it
You know exactly what I mean
@story That was me, too
@warm You deserve an easier day
@fast Done with that
@expert It comes down to the details
@plain That's the problem
""")
