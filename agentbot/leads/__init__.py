"""From a contact in a message to one lead per person, with consent, kept under the person's own key."""
