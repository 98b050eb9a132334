import type { Invariant } from "#kernel/invariant.ts"

export const connectionInvariants: Invariant[] = [
  {
    name: "address_scopes",
    why: "An address that means something on one connection only names a connection that exists.",
    find: `select i.id from contact_identities i where i.kind in ('visitor', 'external', 'group') and i.contact_id is not null
      and not exists (select from connections c where c.id = i.scope)`,
  },
  {
    name: "connection_teams",
    why: "The teams of a connection exist.",
    find: `select c.id from connections c, unnest(c.team_ids) as team
      where c.deleted_at is null and not exists (select from teams where id = team)`,
  },
]
