-- The reader of the log that mails customers, and the jobs that clean up, are called as everything else is: `customer emails`,
-- `cleanup`, `purge-uploads`. The schedules of the old names would go on queueing jobs that nobody takes.
update event_readers set name = 'customer emails' where name = 'customer news';

do $$
begin
  if to_regclass('queue.schedule') is not null then
    delete from queue.schedule where name in ('tidy', 'tidy-files');
    delete from queue.job where name in ('tidy', 'tidy-files');
  end if;
end $$;
