-- Purges walk by age; both tables are written in the order of time, so a summary of each block is index enough.
create index sends_by_age on sends using brin (created_at);
create index delivery_reports_by_age on delivery_reports using brin (at);
