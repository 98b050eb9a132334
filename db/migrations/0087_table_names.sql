-- Tables are called by what the field calls their rows; nothing in them changes.
do $$
declare
  pair record;
  part record;
begin
  for pair in select * from (values
    ('set_aside', 'failed_deliveries'), ('customer_news', 'customer_emails'), ('mails', 'outgoing_emails'),
    ('movements', 'tracking_events'), ('carrier_words', 'carrier_statuses'), ('unknown_words', 'unknown_carrier_statuses'),
    ('ticket_looks', 'ticket_access_log'), ('ticket_changes', 'ticket_field_history'),
    ('routing_turns', 'routing_rotation'), ('link_requests', 'sign_in_link_requests')) as t (old, new)
  loop
    execute format('alter table %I rename to %I', pair.old, pair.new);
    for part in select conname as old, pair.new || substr(conname, length(pair.old) + 1) as new from pg_constraint
      where conrelid = pair.new::regclass and starts_with(conname, pair.old || '_')
    loop
      execute format('alter table %I rename constraint %I to %I', pair.new, part.old, part.new);
    end loop;
    -- Indices that belong to no constraint: the others went with theirs.
    for part in select relname as old, pair.new || substr(relname, length(pair.old) + 1) as new
      from pg_index join pg_class on pg_class.oid = indexrelid
      where indrelid = pair.new::regclass and starts_with(relname, pair.old || '_')
    loop
      execute format('alter index %I rename to %I', part.old, part.new);
    end loop;
  end loop;
end $$;
