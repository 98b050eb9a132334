import type { Invariant } from "#kernel/invariant.ts"

export const connectionChecks: Invariant[] = [
  {
    name: "address_scopes",
    why: "An address that means something on one connection only names a connection that exists.",
    find: `select i.id from contact_identities i where i.kind in ('visitor', 'external', 'group') and i.contact_id is not null
      and not exists (select from connections c where c.id = i.scope)`,
  },
  {
    name: "whatsapp_numbers",
    why: "A WhatsApp number belongs to one connection: give the others another number, or remove them.",
    find: `select c.id from connections c where c.shares_number and c.deleted_at is null and exists (
      select from connections o where o.id <> c.id and o.deleted_at is null and o.kind = 'whatsapp'
        and o.settings ->> 'phoneNumberId' = c.settings ->> 'phoneNumberId')`,
  },
  {
    name: "connection_teams",
    why: "The teams of a connection exist.",
    find: `select c.id from connections c, unnest(c.team_ids) as team
      where c.deleted_at is null and not exists (select from teams where id = team)`,
  },
]
