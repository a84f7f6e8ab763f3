"""Phrases any English ad may use, whatever it sells."""

from __future__ import annotations

from creative.rewriting.phrasebook.en.openings import HOOKS, PAIN_TAILS, PAINS, TURNS
from creative.rewriting.phrasebook.phrases import GeneralPhrases, phrases

GENERAL = GeneralPhrases(
    hooks=HOOKS,
    turns=TURNS,
    pains=PAINS,
    pain_tails=PAIN_TAILS,
    fact_leads=phrases("""
{name}:
Meet {name}:
{short}:
From {short}:
The short version:
Here's the thing:
Start with this:
Remember this part:
Look closely:
Here's what you get:
This is the good part:
What's inside {name}?
The detail that counts:
Write this down:
In short, {name}:
Take a look at {name}:
One more thing:
Worth knowing:
Here's {name} in one line:
@expert Look here first:
@expert The detail to check:
@expert Ask about this:
@warm A little care goes in:
@warm This one's thoughtful:
@fast Listen up:
@fast Key point:
@fast Quick one:
@story I turned it around and read:
@story Then I noticed this:
@story What caught my eye:
@plain In plain words:
@plain Simply put:
@plain What it is:
"""),
    fact_tails=phrases("""
That's it
Simple as that
Noted
Yes, really
There it is
See for yourself
That's the whole idea
Easy to remember
No guesswork
That says a lot
Nothing to decode
And that's the point
You can see it
Keep that in mind
Makes sense, right?
That's what you're getting
Good to know
@expert That's the detail to check
@expert Now you know what to look for
@expert That's where the difference shows
@warm It's the little things
@warm Made with you in mind
@fast Got it?
@fast Done
@fast Next
@story That's when I stopped scrolling
@story And I kept looking
@plain Nothing fancy to explain
@plain That's all there is to it
"""),
    shape_tails={
        "quantity": phrases("""
It's right there on the label
You know exactly how much
"""),
        "absence": phrases("""
Check the label
Left out on purpose
"""),
        "origin": phrases("""
You know where it comes from
It starts at the source
"""),
        "process": phrases("""
That step matters
Time well spent
"""),
        "service": phrases("""
One less thing to worry about
So you can plan around it
"""),
        "certificate": phrases("""
It's on paper
Documented
"""),
    },
    uses=phrases("""
Keep it simple and enjoy the day
Make room for one small good thing
A little treat for an ordinary day
For you, or for someone you like
No big occasion needed
Some days call for something nice
Do it your way
Make it part of your routine
Small habits, happier days
Take a minute for yourself
Less fuss, more living
Your day, your rules
It fits right into your day
Start small and see how it feels
Because ordinary days count, too
"""),
    use_tails=phrases("""
Nice and easy
Just like that
Your call
Why not?
Feels right
That's the mood
No rush
Enjoy it
Simple
You'll see
Sounds good, right?
@story That moment was worth it
@warm Take your time
@fast Go for it
@expert You'll notice
@plain Nothing complicated
"""),
    proof_leads=phrases("""
Don't take my word for it:
Check the label:
Turn it around:
Here's the proof:
Read it yourself:
Look a little closer:
It's written right here:
You can check this one:
See that line?
It's in writing:
Let's get specific:
Straight from the label:
Here's what it says:
In black and white:
Zoom in:
@expert For the record:
@expert The spec that matters:
@warm So you can be sure:
@fast Proof:
@story I checked the back, and it said:
@plain No hype:
"""),
    proof_tails=phrases("""
Check it yourself
See?
Right there
It's all in writing
Go ahead, zoom in
You be the judge
Nothing to hide
Plain to see
Clear enough?
That's on the record
Look it up
Read it twice
No small print needed
See? Right there
@expert The details hold up
@warm So you can choose with ease
@fast Case closed
@story That settled it
@plain That's a fact
"""),
    proofs=phrases("""
See it up close and decide
Turn it around. Look at every side
No filter, just the real thing
Take a good look
Up close
See for yourself
Look at that
No tricks
The camera doesn't lie
Look first, then decide
Every angle, right here
Be picky. Go ahead
Let the picture do the talking
Here it is, up close
You be the judge
Watch closely, that's the real thing
I'll let you look for a second
Zoom in as far as you like
What you see is what shows up
Judge it with your own eyes
"""),
    offer_leads=phrases("""
{name}:
{short}:
And the price?
The price:
Here's the price:
How much?
Price check:
Ready for the price?
Let's talk numbers:
What does it cost?
No guessing:
The price tag says:
Now, the price of {name}:
So what does {name} cost?
Ready for the price of {name}?
Here's what you pay for {name}:
You've seen {name}. The price?
Before you ask, here's the price:
You're probably wondering what it costs:
@fast Price? Easy:
@fast Here's the number:
@warm No surprises here:
@warm I'll keep the price simple:
@expert You've seen the details. The price:
@story I flipped the tag and read:
@plain Plain price:
"""),
    offer_tails=phrases("""
That's it
Your call
No surprises
Plain and simple
Sounds fair?
Take it or think it over
That's the price
Nothing hidden
You decide
Like it? Take it home
If it's for you, it's for you
Think it over, then grab yours
Now you know what it costs
That's the number on the page
@fast Grab it
@fast Go
@warm Take your time with it
@expert Do the math yourself
@story And that's the whole story
@plain That's all
"""),
    no_offer=phrases("""
Tap through to see the price
The price is on the page
Curious what it costs? Take a look
Open the page for the price
Sizes and prices are on the page
Like it? See what it costs
The page has the price and the rest
Check the price when you're ready
"""),
    cta_leads=phrases("""
Like it?
Want {name}?
Want {short}?
{short}?
For {name},
Ready?
Want one?
Curious?
If you like it,
So,
Okay,
Your turn:
Sounds good?
That's it.
You've seen it.
Go on,
Next step:
Want to know more?
Interested?
One tap:
@fast Quick,
@fast Let's go:
@warm Whenever you're ready,
@warm If it feels right,
@expert Seen enough?
@story The rest is up to you:
@story That's my story.
@plain Simple:
@plain One step:
"""),
    cta_tails=phrases("""
Go and meet {name}
See you there
Take a look
It's right there
That's all it takes
Have a look around
You know what to do
Go see for yourself
Say hi to {brand}
Remember the name: {brand}
{brand}. That's the one
See if it's for you
Easy
Now's a good time
@fast Go
@fast Do it
@warm Take your time
@warm I hope you like it
@expert You be the judge
@story Now it's your story
@plain That's it
"""),
    calls=phrases("""
tap the link below
check the link below
open the link and take a look
see it at the link below
tap below to see more
have a look at the link
take a closer look below
"""),
)
