"""What the pages of `creative` show: one module a page, read only, always for one advertiser."""
