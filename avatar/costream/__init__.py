"""A viewer on air: joins by browser over WebRTC, is heard and seen in the programme, talks with the host.

The process of its own beside the engine; nothing in here is imported by the engine, and aiortc only where it is used.

voice_activity  whether somebody speaks, 20 ms at a time
echo            what of the guest's sound is the host coming back
end_of_turn     how long a silence ends a turn, from the words so far
turns           who takes and gives back the floor, as values
ear             all of these over a guest's samples, with the ear that understands words
peer            one WebRTC connection
visits          the rows through which pages and this process talk
process         one room's guests
"""
