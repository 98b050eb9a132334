// How a search is answered. A rare word is looked up. Of a common one the first tickets of the list that say it are enough,
// looked up by the day of their creation or met while walking; only when they are not, all are gone through.
import type { Database, Param } from "#kernel/db.ts"
import { statement } from "#kernel/db.ts"
import { countStatement, type Counted } from "./counting.ts"
import { countFirst, type Looked, lookUp, lookUpFirst, lookUpMany } from "./hits.ts"
import { orderBy } from "./order.ts"
import { searchCondition } from "./text.ts"
import { merged, walksOf } from "./walks.ts"

// What is looked at before the dearer way: tickets that say the rarest word, and tickets one after another.
const lookedUpFirst = [2_000, 20_000]
const walkedFirst = 3_000
/** A total counts among the first so many tickets that say the rarest word. */
const countedAmong = 10_001
// To look at a ticket of a walk costs as much as so many messages of a word.
const messagesPerTicket = 4

export type Ids = (p: Param) => string

/** The ids of a page: each way is tried until one fills it, and the last tells all there is. */
export async function* waysToPage(db: Database, looked: Looked, limit: number): AsyncGenerator<Ids> {
  if (!looked.isRare && (await poolOf(db, looked, walkedFirst + 1)) > walkedFirst) {
    if (looked.isByDay) for (const among of lookedUpFirst) yield (p) => lookUpFirst(p, looked, limit, among)
    else yield (p) => walk(p, looked, limit, walkedFirst)
  }
  yield await wayToAll(db, looked, limit)
}

async function wayToAll(db: Database, looked: Looked, limit: number): Promise<Ids> {
  if (looked.isRare) return (p) => lookUp(p, looked, limit)
  const worthWalking = Math.ceil(looked.messages / messagesPerTicket)
  const pool = await poolOf(db, looked, worthWalking + 1)
  return pool > worthWalking ? (p) => lookUpMany(p, looked, limit) : (p) => walk(p, looked, limit, null)
}

/** Looks at one ticket after another, at most at the first `among` of each walk. */
function walk(p: Param, { who, query, search, order, after }: Looked, limit: number, among: number | null): string {
  const walks = walksOf(p, who, query, order, after)
  const isFound = searchCondition(p, who, search)
  return merged(p, walks, order, limit, (where) =>
    among === null
      ? `tickets t where ${where} and ${isFound}`
      : `(select * from tickets t where ${where} order by ${orderBy(order)} limit ${p(among)}) t where ${isFound}`,
  )
}

/** How many there are, counting no further than `upTo`; of common words perhaps only the first. */
export async function countFound(db: Database, looked: Looked, upTo: number): Promise<Counted> {
  const count = async (ids: Ids) => {
    const [row] = await db.run<{ n: number; isCut: boolean }>(statement("", ids))
    return { n: row!.n, isCut: row!.isCut || row!.n >= upTo }
  }
  const countOf =
    (ids: Ids): Ids =>
    (p) =>
      `select count(*) as n, false as "isCut" from (${ids(p)}) found`
  if (looked.isRare) return count(countOf((p) => lookUp(p, looked, upTo)))
  const isSmall = (await poolOf(db, looked, walkedFirst + 1)) <= walkedFirst
  if (!isSmall && looked.isByDay) return count((p) => countFirst(p, looked, countedAmong))
  const { n } = await count(countOf((p) => walk(p, looked, upTo, walkedFirst)))
  return { n, isCut: !isSmall }
}

/** Among how many tickets is searched? Counted as far as it matters. */
async function poolOf(db: Database, { who, query }: Looked, upTo: number): Promise<number> {
  const [row] = await db.run<{ n: number }>(countStatement(who, query, upTo))
  return row!.n
}
