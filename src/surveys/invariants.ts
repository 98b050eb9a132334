import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Invariant } from "#kernel/invariant.ts"
import { saveSurveyScore } from "#tickets/index.ts"

const differing = `select coalesce(t.id, n.ticket_id) as id, n.score
  from (select distinct on (ticket_id) ticket_id, score from surveys where score is not null order by ticket_id, answered_at desc) n
    full join (select id, survey_score from tickets where survey_score is not null) t on t.id = n.ticket_id
  where t.survey_score is distinct from n.score`

export const surveyInvariants: Invariant[] = [
  {
    name: "survey_scores",
    why: "Lists show of a ticket the score of its newest survey that was answered.",
    remedy: "sets the score again.",
    find: `select id from (${differing}) d`,
    repair: restoreScores,
  },
]

async function restoreScores(act: Act): Promise<void> {
  const { rows } = await sql<{ id: string; score: number | null }>`${sql.raw(differing)}`.execute(act.tx)
  for (const { id, score } of rows) await saveSurveyScore(act, id, score)
}
