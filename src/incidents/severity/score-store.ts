import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"

export type ScoredIncident = {
  ticketId: string
  cause: string | null
  priority: string
  canonical: string | null
  isFinal: boolean
  movedAt: Date | null
  novedad: string | null
  carrier: string
  city: string
  score: number
}

/** The next active incidents after `after`, by id, as their shipments are now. */
export async function activeAfter(act: Act, after: string, most: number): Promise<ScoredIncident[]> {
  const rows = await sql<ScoredIncident>`
    select i.ticket_id, i.cause, i.priority, coalesce(s.canonical, i.canonical) as canonical,
      coalesce(s.is_final, i.is_final) as is_final, coalesce(s.moved_at, i.moved_at) as moved_at,
      case when s.guia is null then i.novedad else s.novedad end as novedad, i.carrier, i.city, i.score
    from incidents i left join shipments s on s.guia = i.guia
    where i.status in ('open', 'in_progress') and i.ticket_id > ${after} order by i.ticket_id limit ${most}`.execute(
    act.tx,
  )
  return rows.rows
}

export type NewScore = Pick<ScoredIncident, "ticketId" | "canonical" | "isFinal" | "movedAt" | "score">

export async function saveScores(act: Act, rows: NewScore[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update incidents i set score = n.score, canonical = n.canonical, is_final = n."isFinal", moved_at = n."movedAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as n ("ticketId" text, score int, canonical text, "isFinal" boolean, "movedAt" timestamptz)
    where i.ticket_id = n."ticketId"`.execute(act.tx)
}
