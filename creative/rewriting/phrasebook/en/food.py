"""English phrases for food."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="food",
    did="tried",
    stories="""
# nocook | noodle|meal|soup|rice|pasta|ramen|meat|sauce | minute|ready|air-dried|beef|noodle
skipping dinner because you're tired
scrolling delivery apps for dinner
eating cereal for dinner
dreading the dishes
> Home, hungry, too tired to cook?
> What's for dinner tonight?
> Who's cooking? Not you
> Dinner shouldn't take all evening
< Cooking, dishes, repeat
< You scroll and scroll, and order nothing
< You're hungry now, not in an hour
< The sink's full before you sit down
+ Dinner, without the drama
+ Sit down and eat while it's hot
+ Make dinner feel like dinner
# snack | snack|cookie|cracker|jerky|nut|bar|chip|bite|chocolate|granola | wrap|bag|pack
raiding an empty snack drawer
starving at your desk
craving something crunchy
snacking on whatever's left
> Your snack drawer called
> Late-night cravings? Hi
> Movie's on. Where's the snack?
> What's in your snack drawer?
< You open the drawer to just crumbs
< You're hungry, and lunch is hours away
< The vending machine wins again
< Open one bag, the rest go stale
+ Keep some in your desk drawer
+ Snack time, sorted
+ Share it, or don't
# label | | ingredient|no |never|whole|artificial|six
reading snack labels in the aisle
wondering what's in your snack
packing snacks for picky kids
skipping the ingredient list
> Have you read that ingredient list?
> What are your kids snacking on?
> Flip the bag over. What's in it?
> Good food or easy food?
< The ingredient list never ends
< You want easy, but not just anything
< Tastes fine until you read the back
< You put it back, every time
+ You know what you're eating
+ Read the back, then dig in
+ Something you'd put in a lunch box
# busy | | wrap|bag|ready|pack|minute
skipping breakfast again
eating lunch at your keyboard
running out the door hungry
forgetting to eat until late
> Did you eat breakfast today?
> Lunch at your desk, again?
> Out the door, nothing eaten?
> When did you last sit down to eat?
< You eat standing up, again
< Your stomach talks in the meeting
< By the time you stop, you're starving
< Whatever's closest becomes lunch
+ Toss it in your bag and go
+ One for now, one for later
+ Pack it for lunch
# letdown | | whole|beef|g per|rolled|packed
eating the same lunch every day
falling for the photo on the box
opening a bag of mostly air
getting bored with lunch
> The picture was big. The portion wasn't
> Same lunch, different day?
> Mostly air, isn't it?
> When did lunch get so boring?
< It looked full until you opened it
< You know the taste before you bite
< The box promised more than it held
< You eat it because it's there
+ Put it on the table and look
+ Something to look forward to
+ Good company, good food
""",
    uses="""
Put it on the table and dig in
Share it, or don't
Keep some in your desk drawer
Pack it for lunch
One for now, one for later
Good company, good food
Make dinner feel like dinner
Snack time, sorted
Eat slowly and enjoy it
Bring it to the next picnic
""",
    calls="""
tap below and try a bite
tap the link and fill the drawer
order below for your next meal
see it at the link below
tap below to get yours
""",
)
