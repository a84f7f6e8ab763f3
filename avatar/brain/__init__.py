"""The other half of a room: reads comments, writes answers, has everything voiced, and hands it to the engine.

mind       Brain: what is done with each message of the engine and each order of an operator
ahead      what is voiced before it is needed
lanes      where work waits: at once in tests, on a thread of its own in a room
answers    an answer on its way, sentence by sentence where the voice is slow
voices     a text becomes utterances; a voice that fails says so instead of stopping the room
facts      everything the room says, under the facts that hold now
orders     what an operator may order
books      comments, orders and changed facts of a broadcast, from its rows
process    `python -m avatar.brain`: sets Django up, connects the wire, runs until the engine is gone

Nothing here may stop a room: whatever fails is logged with its reason and the comment is let go.
"""
