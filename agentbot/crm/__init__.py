"""Leads to the advertiser's CRM: one interface, one file per kind of CRM."""
