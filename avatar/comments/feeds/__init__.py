"""How platforms hand on what viewers write, a file each: messages in, `Heard` out, nothing kept, nothing sent.

kuaishou   polled; as the platform's interactive-live interface words it (its own pages could not be found)
douyin     pushed to an address of ours, signed; after the platform's page
bilibili   a socket of packets, signed start; after the platform's page and its public clients
youtube    polled; after the platform's page
tiktok     no public interface for comments; what connectors send, for whoever runs one

A page or a platform may change without notice: each file names what it was read from and when, and samples are
under test, so that a change is one file's.
"""
