"""English phrases for food."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import category

PHRASES = category(
    kind="food",
    hooks="""
What's for lunch today?
Hungry? You might want to sit down
Look at that. Just look at it
Your snack drawer called
What's in your lunch box?
Late-night cravings? Hi
Let's cut it open
Dinner plans? Let's see
Hear that crunch?
Somebody's getting hungry
Nothing to eat? Look again
Taste buds, wake up
""",
    situations="""
You're home and too tired to cook
It's late and you want a snack
The kids walk in hungry
The fridge is full of nothing
Movie night needs a snack
You skipped breakfast again
It's the weekend and everyone's home
Lunch break is almost over
A friend drops by
It's cold outside
Takeout again?
Your desk drawer is empty
You're packing lunch for tomorrow
The whole family's at the table
You're craving something
It's snack time
""",
    pains="""
Cooking, dishes, repeat
You scroll delivery apps and order nothing
Same lunch, different day
The picture was big. The portion wasn't
You want good food without the hassle
The ingredient list never ends
Picky eaters make every dinner a debate
You bought too much, and half went bad
You eat standing up, again
Snacks are easy. Good ones aren't
You're hungry now, not in an hour
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
)
