"""English phrases for electronics."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="gadgets",
    did="used",
    stories="""
# battery | power bank|charger|battery|cable|powerbank | mAh|W |charg|USB|cable
hunting for an outlet
running out of battery
traveling with a knot of cables
begging for a charger
> Is your phone about to die?
> Where's the nearest outlet?
> Low battery, long way home?
> Who took your charger?
< It dies when you need the map
< You've got the cable, not the plug
< You sit by the wall, waiting
< The screen goes dark at checkout
+ Toss it in your bag and go
+ Out all day? Take it along
+ One less thing to hunt for
# noise | earbud|headphone|speaker|earphone|headset | hour|Bluetooth|g per|case|noise
fighting a loud commute
wearing earbuds that hurt
listening until the battery quits
missing every word on the train
> How loud is your train?
> Do your earbuds hurt by noon?
> Battery gone mid-song?
> What's playing on your way home?
< Right at the chorus, the battery quits
< They hurt, so you take them out
< You turn it up. Still can't hear
< By the time they pair, you're there
+ Your commute, your soundtrack
+ Put them in and go
+ There and back, your playlist
# kitchen | fryer|oven|cooker|blender|kettle|toaster|kitchen|microwave|coffee maker | control|shut|button|liter
standing over the stove
skipping breakfast for time
using the oven as storage
cooking after a long day
> Home late. Who's cooking?
> Still standing over the stove?
> What's gathering dust in your kitchen?
> Dinner, with your feet up?
< You watch the pan, it watches you
< So many buttons, and you use one
< It came out once, then gathered dust
< Dinner takes an hour, cleanup another
+ Load it, then go sit down
+ Let it cook while you change
+ Make weeknights easier
# clean | vacuum|mop|robot|sweeper | control|own|hour|auto
vacuuming after work
sweeping up pet hair again
moving chairs to clean
spending Saturday on the floor
> Is that hair on the floor again?
> Who's cleaning your floors?
> Vacuuming on a weeknight?
> When did you last see under the couch?
< You sweep, and it's back by dinner
< Nobody reaches under the couch
< You're tired, and the floor isn't done
< There goes Saturday morning
+ Press it, leave it, live
+ You rest. It rolls
+ Get your Saturday back
# confusing | | one-button|control|own|Bluetooth
comparing spec sheets
fighting with setup
explaining it to your parents
paying for features you never use
> Specs are confusing. This isn't
> So many features. Which do you use?
> Would your mom know how to use it?
> Did you ever read the manual?
< The manual reads like a novel
< Setup took the whole afternoon
< You compared all night, still can't pick
< Tiny buttons, tiny text
+ Turn it on and get going
+ Easy to hand to your parents
+ Nothing to study first
# reliable | | warranty|shut|safe|hour|mAh
nursing an old gadget
living with one that's slow
worrying it'll quit on you
crossing your fingers at startup
> How old is yours?
> Does it quit when you need it?
> Still nursing the old one?
> What do you check before you buy?
< It quits right when you need it
< It's slow, and you know it
< Who do you call when it breaks?
< You bought cheap, and you worry
+ Use it every day
+ Made to be used, not babied
+ It earns its spot on the desk
""",
    uses="""
Turn it on and get going
Keep it on your desk
Take it to work, bring it home
Easy to hand to your parents
Toss it in your bag
Clear desk, clear head
Use it every day
Hold it, turn it, look at it
Press a button and relax
It earns its spot on the shelf
""",
    calls="""
tap below and see it up close
tap the link and check the specs
order below and plug it in
see it at the link below
tap below to get yours
""",
)
