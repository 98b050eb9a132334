import type { Invariant } from "#kernel/invariant.ts"

export const whatsappInvariants: Invariant[] = [
  {
    name: "whatsapp_numbers",
    why: "A WhatsApp number belongs to one connection: give the others another number, or remove them.",
    remedy: "Give the others another number, or remove them (Settings, Connections).",
    find: `select c.id from connections c where c.shares_number and c.deleted_at is null and exists (
      select from connections o where o.id <> c.id and o.deleted_at is null and o.kind = 'whatsapp'
        and o.settings ->> 'phoneNumberId' = c.settings ->> 'phoneNumberId')`,
  },
]
