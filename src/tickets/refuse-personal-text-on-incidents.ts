// What an incident may not hold: it is about a shipment, and what is written on it must name no person.
import type { Database } from "#kernel/db.ts"
import { invalidField } from "#kernel/errors.ts"
import { containsPersonalData } from "#privacy/index.ts"
import type { TicketKind } from "./lifecycle/lifecycle-table.ts"

type About = { kind: TicketKind; threadKey: string | null }

/** Which shipment failed, and how: its thread key says it. */
export function incidentOf({ kind, threadKey }: About): { guia: string; trigger: string } | null {
  const [word, guia, trigger] = threadKey?.split(":") ?? []
  return kind === "incident" && word === "incident" && guia && trigger ? { guia, trigger } : null
}

/** Refuses (400) a text on an incident that holds a number, an address or the like; whole, not redacted. */
export function refusePersonal(ticket: About, field: string, ...texts: (string | undefined)[]): void {
  if (ticket.kind !== "incident") return
  const guias = [incidentOf(ticket)?.guia ?? ""]
  if (texts.some((text) => text !== undefined && containsPersonalData(text, { guias }))) {
    throw invalidField(field, "must not hold telephone numbers or other personal data", "personal_data")
  }
}

type Fields = { subject?: unknown; customFields?: unknown; priority?: string | undefined; tags?: string[] | undefined }

/** The subject of an incident is made of what it is about, it has no free fields, and it is alta or media. */
export function refuseFreeTextFields(ticket: About, { subject, customFields, priority, tags = [] }: Fields): void {
  if (ticket.kind !== "incident") return
  if (subject !== undefined) throw invalidField("subject", "of an incident cannot be changed")
  if (customFields !== undefined) throw invalidField("customFields", "an incident has none")
  if (priority !== undefined && priority !== "high" && priority !== "medium") {
    throw invalidField("priority", "of an incident must be high or medium")
  }
  refusePersonal(ticket, "tags", ...tags)
}

export async function refersToTicket(db: Database, id: string): Promise<About | undefined> {
  const row = await db.kysely
    .selectFrom("tickets")
    .select(["kind", "threadKey"])
    .where("id", "=", id)
    .executeTakeFirst()
  return row as About | undefined
}
