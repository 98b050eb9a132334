-- Every change of a target writes all its indexes anew. Which targets run under a policy or in a calendar is asked when one of these
-- changes, of all that run: `sla_targets_running` finds them.
drop index sla_targets_by_policy;
drop index sla_targets_by_calendar;
