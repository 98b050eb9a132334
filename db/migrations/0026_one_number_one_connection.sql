-- A WhatsApp number belongs to one connection, or each of its messages would become two tickets. Connections that shared one
-- before stay as they are, marked, until somebody gives them another number or removes them: doctor names them.
alter table connections add column shares_number boolean not null default false;

update connections c set shares_number = true
where c.kind = 'whatsapp' and c.deleted_at is null and exists (
  select from connections o
  where o.kind = 'whatsapp' and o.deleted_at is null and o.settings ->> 'phoneNumberId' = c.settings ->> 'phoneNumberId'
    and (o.enabled and not c.enabled or o.enabled = c.enabled and o.id < c.id));

create unique index connections_whatsapp_number on connections ((settings ->> 'phoneNumberId'))
  where kind = 'whatsapp' and deleted_at is null and not shares_number;
