-- Whether a linked system answers, as the server that asked it last has seen it: a circuit breaker is each server's own.
alter table linked_systems
  -- When it last answered, or posted.
  add last_seen_at timestamptz,
  -- Since when it gives no answer that is of use, and why.
  add failing_since timestamptz,
  add failure text,
  add constraint linked_systems_failure check ((failing_since is null) = (failure is null));
