import { sql } from "kysely"
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { say } from "#texts/say.ts"
import { textOfWhy, type TextId } from "#texts/contract.ts"
import { en } from "#texts/en.ts"
import type { EventKind } from "./kinds.ts"
import type { Why } from "./record.ts"

/** A timeline is read whole: a ticket's story is bounded by its newest 1,000 events. */
export const longestStory = 1_000

export type Entry = {
  id: number
  at: Date
  kind: EventKind
  actorKind: string
  actorId: string | null
  subjectId: string | null
  data: Record<string, unknown>
  why: Why | null
}

/** The story of one ticket, oldest first. */
export async function storyOf(from: Kysely<DB>, ticketId: string): Promise<Entry[]> {
  const rows = await sql<Entry>`
    select * from (
      select id, at, kind, actor_kind, actor_id, subject_id, data, why from events
      where ticket_id = ${ticketId} order by id desc limit ${longestStory}) newest
    order by at, id`.execute(from)
  return rows.rows
}

/** A decision as the API shows it: `because` in words, with the codes and inputs that a screen can say itself. */
export function decisionOf(why: Why) {
  const { answer, code, inputs } = why
  const rejected = why.rejected.map(({ because: reason, ...one }) => ({
    ...one,
    code: reason,
    because: because({ code: reason, inputs }),
  }))
  return { answer, code, because: because(why), inputs, rejected }
}

export function because(why: Pick<Why, "code" | "inputs">): string {
  return say("en", textOfWhy(why.code, why.inputs, (id) => id in en) as TextId, why.inputs)
}
