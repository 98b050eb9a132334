-- Where somebody of the staff wants to be after closing, snoozing or passing on a ticket: at the next, still there, or back at the list.
alter table users
  add after_closing text not null default 'stay' check (after_closing in ('next', 'stay', 'list'));
