import { z } from "zod"
import { pageQuery } from "#kernel/http/pagination.ts"

/** The kinds of facts that acts of administration leave, by what they are about. */
export const auditKinds = {
  user: ["user.created", "user.changed", "user.disabled", "user.password_reset", "user.invited"],
  team: ["team.changed"],
  key: ["key.created", "key.changed", "key.revoked"],
  connection: ["connection.changed"],
  setting: ["setting.changed"],
  calendar: ["calendar.changed"],
  sla_policy: ["sla_policy.changed"],
  category: ["category.changed"],
  custom_field: ["custom_field.changed"],
  rule: ["rule.changed"],
  automation_rule: ["automation_rule.changed"],
  view: ["view.changed"],
  macro: ["macro.changed"],
  saved_reply: ["saved_reply.changed"],
  campaign: ["campaign.changed"],
  linked_system: ["linked_system.changed"],
  carrier_word: ["carrier_word.changed"],
  doctor: ["doctor.repaired"],
  export: ["tickets.exported"],
  import: ["import.started", "import.finished"],
  contact: ["contact.looked_up", "contact.identity_confirmed", "contact.identity_claimed", "contact.identity_disowned"],
} as const
export type AuditSubject = keyof typeof auditKinds
export const auditSubjects = Object.keys(auditKinds) as [AuditSubject, ...AuditSubject[]]
const kinds = Object.values(auditKinds).flat() as [string, ...string[]]

/** `kind`: what it is about (`team`) or the very fact (`team.changed`). A day without a time is the whole day in UTC. */
export const auditQuery = z.strictObject({
  actor: z.string().max(100).optional(),
  kind: z.enum([...auditSubjects, ...kinds], `must be one of ${[...auditSubjects, ...kinds].join(", ")}`).optional(),
  from: z.string().max(40).optional(),
  to: z.string().max(40).optional(),
  ...pageQuery,
})
export type AuditQuery = z.output<typeof auditQuery>

export const auditEntry = z
  .object({
    id: z.string(),
    at: z.date(),
    kind: z.string(),
    action: z.enum(["created", "changed", "deleted"]),
    actor: z.object({ type: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
    subject: z.object({ type: z.string(), id: z.string(), name: z.string() }),
    changes: z.array(z.object({ field: z.string(), old: z.unknown(), new: z.unknown() })),
  })
  .meta({ id: "AuditEntry" })
export type AuditEntry = z.infer<typeof auditEntry>
