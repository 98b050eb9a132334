-- A message keeps the address it was exchanged with, a phone number for instance. Who is removed with their identities leaves none.
create function messages_forget_address() returns trigger language plpgsql as $$
begin
  update public.messages set address = null where identity_id = old.id;
  return null;
end $$;
create trigger identities_leave_no_address after delete on contact_identities
  for each row execute function messages_forget_address();
