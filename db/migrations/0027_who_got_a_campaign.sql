-- A campaign writes to one person once, by whichever of their numbers.
create index campaign_shipments_to_contact on campaign_shipments (contact_id, campaign_id) where contact_id is not null;
