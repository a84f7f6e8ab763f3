"""English phrases for beauty."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="skincare",
    did="tried",
    stories="""
# label | | alcohol|perfume|niacinamide|%|no |ingredient
guessing what's in your cream
decoding ingredient lists
buying it for the pretty bottle
putting mystery stuff on your face
> What's actually on your face?
> Do you read the ingredient list?
> Pretty bottle. What's inside?
> Can you name one ingredient in it?
< The ingredient list is a mystery
< It worked for her. For you, too?
< Long words, small print, no idea
< You bought the bottle, not the formula
+ You know what goes on your skin
+ Read it, then decide
+ For people who check the list
# steps | | morning and night|pump|refill|one
skipping steps at night
juggling a shelf of bottles
falling asleep before skincare
owning bottles you never finish
> How many steps is too many?
> Fewer bottles. Let's talk
> Home late. Skincare or sleep?
> What's step one for you?
< Too many steps. You just want sleep
< You bought a pile and finish none
< Half-used bottles everywhere
< Your routine eats up the evening
+ A simple step before bed
+ One move, then on with your night
+ Keep it by the sink
# season | cream|serum|lotion|oil|moisturizer|mask | hydrat|gel|light|cream
dreading dry-season skin
sitting in AC all day
feeling tight after every flight
switching creams every season
> The season changed. So did your skin
> AC all day. How's your face?
> Long flight? Check the mirror
> Skin acting up with the weather?
< Too heavy, too light, never right
< The mirror knows it's winter
< You layer it on. It sits there
< Your makeup won't sit right
+ Smooth it on and take a breath
+ Toss it in your travel bag
+ A quiet minute for your face
# texture | cream|serum|lotion|sunscreen|gel | light|gel|texture|absorb
wiping off greasy cream
feeling sticky after skincare
skipping sunscreen for the feel
waiting for it to sink in
> Swatch time. Watch this
> Greasy or gone? Let's see
> Sticky hands, anyone?
> Let's look at the texture
< It sits on your face like glue
< Your pillow wears more than you do
< You skip it because of the feel
< It pills the minute you add makeup
+ See it on the back of your hand
+ On, and on with your day
+ Made for a quick morning
# cleanse | cleanser|wash|makeup remover|soap | no alcohol|gentle|gel|pump
sleeping in your makeup
skipping your face wash
rushing your face wash
feeling tight after washing
> Makeup off. Now what?
> Slept in your makeup again?
> How does your face feel after a wash?
> Home late? Wash your face first
< You rinse, and your face feels tight
< You're in bed, and it's still on
< A quick splash isn't a cleanse
< Day's over, but it's still on your face
+ Wash the day off
+ Morning and night, same spot by the sink
+ The end of a long day
# morning | | morning|pump|light|gel
getting ready in a rush
leaving with a bare face
doing skincare in the car
rushing past the mirror
> Late again? Your face knows
> Your morning routine, simplified
> Mirror check before you go?
> Got a minute for your face?
< You rush it every single morning
< Out the door, and your face? Forgotten
< The alarm wins, your skin waits
< Something always gets skipped
+ Pump, smooth, out the door
+ A minute of your own
+ Fits a late morning
""",
    uses="""
Keep it by the sink
Morning and night, make it yours
A quiet moment for yourself
Smooth it on and take a breath
Toss it in your travel bag
A simple step before bed
Your mirror, your pace
Add it to your routine
Get one for your sister
Slow down for a minute
""",
    calls="""
tap below and take a look
tap the link and try it tonight
order below and start tomorrow
see the full list at the link
tap below to get yours
""",
)
