"""English phrases for fashion."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="clothes",
    did="worn",
    stories="""
# nowear | shirt|jacket|dress|cloth|pants|jean|sweater|coat|tee|skirt|shoe | collar|size|cotton|color
staring into a full closet
changing outfits all morning
trying on everything you own
wearing the same few things
> Full closet, nothing to wear?
> What are you wearing tomorrow?
> Late, and still not dressed?
> How many outfits did you try on?
< You own plenty, you wear the same
< Nothing goes with anything
< The bed's covered in maybe's
< Getting dressed takes forever
+ Throw it on and go
+ Work today, dinner tonight
+ One less morning decision
# photo | | seam|stitch|pocket|fabric|gsm|cotton|sewn
falling for the model photo
sending back another order
pulling loose threads
guessing at the fabric
> It looked great on the model
> Let's look at the stitching
> Would you check the seams?
> What did the photo leave out?
< It looked great until it arrived
< One loose thread, and it unravels
< The fabric feels wrong all day
< You keep the tags on and hope
+ Look close. Go ahead
+ Feel it, then judge it
+ Turn it inside out, too
# wash | shirt|jacket|dress|cloth|pants|jean|sweater|coat|tee|skirt | wash|cotton|gsm
fearing the washing machine
paying for dry cleaning
ironing before work
watching new clothes shrink
> Dare you put it in the wash?
> Another trip to the cleaners?
> Pretty, but high maintenance?
> Ironing at midnight?
< A few washes, and it's different
< You love it but can't wash it
< The cleaners see more of it
< You iron it, sit down, start over
+ Wear it, wash it, repeat
+ No special treatment needed
+ Made for real weeks
# size | shirt|jacket|dress|cloth|pants|jean|sweater|coat|tee|skirt|shoe | size|stretch|elastane|return
guessing your size
holding your breath in jeans
choosing cute over comfy
sending back the wrong size
> Cute or comfortable? Pick one
> What size are you in this one?
> Sizing is a guess, isn't it?
> Can you sit down in it?
< Too big here, too small there
< You can't wait to take it off
< Sizing is always a guess
< It fits, as long as you stand
+ Walk, sit, stretch, stay
+ Wear it all day
+ Check the chart and go
# bag | bag|tote|backpack|purse | pocket|strap|inner
digging for your keys
swapping bags every day
losing things in your own bag
emptying your bag at the door
> Where are your keys right now?
> What's at the bottom of your bag?
> Still digging? Same
> Which bag is it in?
< Your keys are in there, somewhere
< It holds everything and finds nothing
< Switch bags, forget your card
< You empty it out on the doorstep
+ Reach in, and there it is
+ Monday desk, Saturday market
+ Everything has its place
# occasion | | collar|size|color|tailored
going from desk to dinner
packing too much for a trip
dressing for morning and noon
hunting for an outfit all week
> Dinner right after work?
> Fit check
> The invite came. Now what?
> Dress code says smart. You say help
< Too dressy for work, too plain after
< You pack a lot, wear one thing
< Cold in the morning, hot by noon
< You wore it once and never again
+ Desk, dinner, done
+ Dress it up or keep it simple
+ Pack it for the weekend
""",
    uses="""
Wear it to work, wear it out
Throw it on and go
Mix it with what you own
Dress it up or keep it simple
Walk, sit, stretch. See how it moves
Hang it where you can see it
Pack it for the weekend
Layer it your way
One less thing to think about in the morning
Wear it out tonight
""",
    calls="""
tap below and find your size
tap the link and try it on
order below and wear it
see it up close at the link
tap below to get yours
""",
)
