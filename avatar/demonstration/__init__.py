"""A minute of a live room for the demo: filmed in virtual time, and shown with what was cut and why."""
