"""One real conversation for the demo: through the widget's door, to a lead at a CRM's webhook."""
