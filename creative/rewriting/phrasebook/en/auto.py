"""English phrases for auto."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="car gear",
    did="used",
    stories="""
# record | dash|camera|cam | video|lens|parking|1440
parking and hoping for the best
arguing over who hit whom
finding new scratches
backing up blind
> Who scratched your car?
> Their word or yours?
> Did you see that lane change?
> Parked outside all night?
< They say one thing. You say another
< You come back, and there's a dent
< It happened fast, and nobody saw it
< You park, and you worry
+ The road, on record
+ Park it and go upstairs
+ Eyes on the road, it's rolling
# wash | wash|shampoo|care|wax|clean|polish|towel | pH|neutral|liter|formula
waiting at the car wash
driving a dirty car
worrying about the paint
washing it before it rains
> When did you last wash your car?
> How long is the car wash line?
> Just washed it. Is that rain?
> Wash it yourself?
< The car wash line is long
< You wash it, and it rains
< You scrub, and it still looks dull
< You'd do it yourself, but the paint
+ A bucket, a hose, a Sunday
+ Step back and look at it
+ Your driveway, your car wash
# tire | tire|tyre|inflator|pump|air | pressure|stop|cable|minute
ignoring the tire light
driving on low tires
hunting for an air pump
guessing your tire pressure
> Is your tire light on?
> Low tire, no station?
> Checked your tires lately?
> Long drive coming up?
< The light comes on, and it's late
< The station pump is broken again
< You drive on, hoping it holds
< You don't know the pressure. Do you?
+ Keep it in the trunk
+ Top up before you leave
+ Be ready for the long road
# seat | seat|cushion|cover | cover|wash|fit|cotton|leather
sitting on hot seats
aching after long drives
scraping crumbs off the back seat
apologizing for your seats
> How does your back feel?
> Hot seat, anyone?
> What's on your back seat?
> Who spilled that?
< Long drives are hard on your back
< Getting in feels like an oven
< The kids snack, the seats pay
< Passengers notice. You notice them noticing
+ Sit down and stay a while
+ Good for you and your passengers
+ Treat your car like home
# mess | holder|organizer|mount|gear|trunk|mat|phone | fit|fold|minute
hearing things roll in the trunk
losing things between the seats
driving a rolling closet
holding your phone for directions
> What's rolling around in your car?
> Let's open the trunk
> First thing you do in the car?
> Check your back seat
< You clean it. Days later, a mess
< Something's always rattling
< What you need is out of reach
< It fell between the seats. Bye
+ A tidy car feels better
+ Reach for it, and it's there
+ Turn the corner, nothing rolls
# fit | | fit|minute|year|stop|cable
buying gear that doesn't fit
learning to drive
paying for installation
replacing cheap gear
> Does it fit your car?
> New driver?
> Who installs this stuff?
> You drive every day. What's missing?
< It doesn't fit, and won't come off
< The manual's no help at all
< Cheap gear, short life
< You need it, and it's at home
+ Set it up and forget it
+ Use it on every drive
+ Old car or new, take care of it
""",
    uses="""
Keep it in the car
Use it on every drive
Leave it in the trunk
A tidy car feels better
Set it up and forget it
Good for you and your passengers
Be ready for the long road
Tidy up at the red light
Treat your car like home
Old or new, take care of it
""",
    calls="""
tap below and see if it fits
tap the link and take a look
order below for your car
see it at the link below
tap below to get yours
""",
)
