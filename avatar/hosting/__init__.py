"""Many rooms on many machines: hosts claim broadcasts through leases, run their processes, keep their books.

following  new whole lines of an engine's log, from where the books are
booking    those lines as rows: transcript, comments, cuts, health
children   how a broadcast's and a preview's process is started
host       the loop that claims, looks after, books, and lets go
costs      what a half hour on air costs
"""
