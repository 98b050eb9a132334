// The numbers of another system: kept where they are Hilo's own form, short enough and free; else the ticket gets a new one and is
// found by the old one too.
import { sql } from "kysely"
import { numberOf } from "#tickets/index.ts"
import type { ImportStep } from "./batch-import-context.ts"
import type { PlannedTicket } from "./plan-tickets.ts"

const mostDigits = 7

/** Null: no number that Hilo would give. */
export function ownNumber(text: string | undefined): number | null {
  const digits = /^#?\s*(?:tkt[\s_-]*)?0*(\d+)$/i.exec(text?.trim() ?? "")?.[1] ?? ""
  return digits.length >= 1 && digits.length <= mostDigits && Number(digits) > 0 ? Number(digits) : null
}

/** Sets the numbers that are kept; gives the aliases of the others. */
export async function keepNumbers(step: ImportStep, planned: readonly PlannedTicket[]) {
  const wanted = planned.flatMap(({ row }) => ownNumber(row.number) ?? []).map(numberOf)
  const { rows } = await sql<{ number: string }>`
    select number from tickets where number = any(${wanted}::text[])`.execute(step.act.tx)
  const taken = new Set(rows.map(({ number }) => number))
  const aliases: { ticketId: string; alias: string }[] = []
  for (const { row, ticket } of planned) {
    const own = ownNumber(row.number)
    const number = own === null ? null : numberOf(own)
    if (number !== null && !taken.has(number)) ticket.number = number
    else if (row.number !== undefined) aliases.push({ ticketId: ticket.id, alias: row.number })
    if (number !== null) taken.add(number)
  }
  step.renumbered += aliases.length
  return aliases
}
