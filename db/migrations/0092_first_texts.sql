-- People come with their address, whose row is written before theirs: the first address writes the text, and the contact's row
-- only looks whether it is there. A text that was not there is of nobody who has tickets yet.
create or replace function identity_keeps_text() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into public.contact_texts select id, created_at, public.name_words(name) || public.identity_words(new.value)
      from public.contacts where id = new.contact_id and merged_into is null on conflict do nothing;
    if not found and not exists (select from public.contact_texts where contact_id = new.contact_id
      and words || public.identity_words(new.value) = words) then perform public.keep_contact_text(new.contact_id); end if;
    return null;
  end if;
  perform public.keep_contact_text(old.contact_id);
  if tg_op = 'UPDATE' and new.contact_id is distinct from old.contact_id then
    perform public.keep_contact_text(new.contact_id);
  end if;
  return null;
end $$;
drop function identity_mark(text);
