// Counts that many ask for in the same moment: what all in the same teams see is counted once for all of them.
import { createBatcher } from "#kernel/batcher.ts"
import type { Database, Param, Statement } from "#kernel/db.ts"
import { type Principal, ticketScope } from "#people/index.ts"
import type { ListQuery } from "../api-contract.ts"
import { type CountResult, countWalks } from "./count-tickets.ts"
import { deadlineOfTicket, runningStates, withoutDeadlines } from "./filter-conditions.ts"
import { countTickets } from "./list-tickets.ts"
import { ownScans, teamScans } from "./split-list-into-index-scans.ts"

export type SharedCounts = (who: Principal, query: ListQuery, upTo: number) => Promise<CountResult>

type Counting = { key: string; count: () => Promise<CountResult> }

/** Who asks while a count is made is answered by the next one: no answer is older than its question. */
export function createSharedCounts(db: Database): SharedCounts {
  const once = createBatcher<Counting, CountResult>({ lanes: 1, atMost: 1_000, slowMs: 50 }, async (batch) => {
    const byKey = Map.groupBy(batch, ({ question }) => question.key)
    await Promise.all(
      [...byKey.values()].map((asked) =>
        asked[0]!.question.count().then(
          (result) => asked.forEach(({ resolve }) => resolve(result)),
          (error: unknown) => asked.forEach(({ reject }) => reject(error)),
        ),
      ),
    )
  })
  const run = async (statement: Statement, upTo: number) => {
    const [row] = await db.run<{ n: number }>(statement)
    return { n: row!.n, isCut: row!.n >= upTo }
  }
  return async (who, query, upTo) => {
    const scope = ticketScope(who)
    const alone = () => countTickets(db, who, query, upTo)
    if (isPersonal(query) || "none" in scope) return alone()
    const ofQuery = JSON.stringify([query, upTo, hasDates(query) ? who.timezone : null])
    if ("all" in scope) return once({ key: ofQuery, count: alone })
    if (query.q !== undefined) return alone()
    const teamIds = scope.teamIds.toSorted()
    const ofTeams = () =>
      run(
        countWalks(who, query, upTo, (p, q) => teamScans(p, who, teamIds, q)),
        upTo,
      )
    // A person's own tickets are few: each one's deadline is looked up, where a walk by deadline would pass everybody's.
    const [others, stands] = runningStates(query)
      ? [withoutDeadlines(query), (p: Param) => [deadlineOfTicket(p, who, query)]]
      : [query, () => []]
    const counts = await Promise.all([
      teamIds.length > 0 ? once({ key: `${teamIds.join(" ")} ${ofQuery}`, count: ofTeams }) : { n: 0 },
      run(
        countWalks(who, others, upTo, (p, q) =>
          ownScans(p, who, teamIds, q).map((where) => [where, ...stands(p)].join(" and ")),
        ),
        upTo,
      ),
    ])
    const n = Math.min(upTo, counts[0].n + counts[1].n)
    return { n, isCut: n >= upTo }
  }
}

/** Means something else for each who asks. */
const isPersonal = ({ assignedTo, mentioned }: ListQuery) =>
  assignedTo?.includes("me") === true || mentioned !== undefined

/** Means something else in each zone, by its days. */
const hasDates = (q: ListQuery) =>
  [q.createdFrom, q.createdTo, q.updatedFrom, q.updatedTo, q.slaDueFrom, q.slaDueTo].some((date) => date !== undefined)
