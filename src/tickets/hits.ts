// How a search is answered. A rare word is looked up: its tickets are few, and filtered and sorted afterwards. A common one
// is met by walking the list in its order; when it is common but not among the first, day after day of it is looked up.
import type { Database, Param, Statement } from "#kernel/db.ts"
import { statement } from "#kernel/db.ts"
import type { CursorValue } from "#kernel/pages.ts"
import type { Principal } from "#people/index.ts"
import type { ListQuery } from "./contract.ts"
import { conditionsOf } from "./filters.ts"
import { afterCursor, type Order, orderBy } from "./order.ts"
import { scopeCondition } from "./scope.ts"
import { otherwiseSql, sayingAllSql, sayingOnDaySql, type Search, type Term } from "./text.ts"

// A word of which the statistics know nothing is taken for this much of all messages; what is looked up at once is more.
const rareShare = 0.005
const rareUpTo = 10_000

/** The word that the fewest messages have, as far as the database's statistics know, and whether those are few. */
export type Rarest = { term: Term; isRare: boolean }

export async function rarestOf(db: Database, { terms }: Search): Promise<Rarest | null> {
  const [all, ...guesses] = await Promise.all([messagesStored(db), ...terms.map((term) => messagesSaying(db, term))])
  const fewest = Math.min(...guesses)
  const term = terms[guesses.indexOf(fewest)]
  return term ? { term, isRare: fewest <= Math.max(rareUpTo, rareShare * all) } : null
}

/** About how many messages have the word. Asks the statistics, not one message. */
async function messagesSaying(db: Database, { word, isBeginning }: Term): Promise<number> {
  const asked = statement(
    "",
    (p) => `explain (format json) select from messages m where m.words @@ search_term(${p(word)}, ${isBeginning})`,
  )
  const [row] = await db.run<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }>(asked)
  return row!["QUERY PLAN"][0].Plan["Plan Rows"]
}

async function messagesStored(db: Database): Promise<number> {
  const text = "select reltuples as n from pg_class where oid = 'messages'::regclass"
  const [row] = await db.run<{ n: number }>({ name: "messages-stored", text, values: [] })
  return row!.n
}

export type Looked = { who: Principal; query: ListQuery; search: Search; order: Order; after: CursorValue[] | null }

/** The page's ids of all tickets that say the words, or are found otherwise. */
export function lookUp(p: Param, looked: Looked, rarest: Term | null, limit: number): string {
  return chosen(p, looked, rarest ? [sayingAllSql(p, looked.who, looked.search, rarest)] : [], limit)
}

/** What is left of `found` and of what is found otherwise, in order. Each by its key: their number is only guessed. */
function chosen(p: Param, looked: Looked, found: string[], limit: number): string {
  const ways = [...found, ...otherwiseSql(p, looked.search)].map((way) => `(${way})`)
  if (ways.length === 0) return "select null::text as id where false"
  return `select t.id from (${ways.join(" union ")}) hit ${ticketOfHit}
    where ${remaining(p, looked)} order by ${orderBy(looked.order)} limit ${p(limit)}`
}

const ticketOfHit = "cross join lateral (select * from tickets where id = hit.id offset 0) t"

function remaining(p: Param, { who, query, order, after }: Looked): string {
  const conditions = [scopeCondition(p, who), ...conditionsOf(p, who, { ...query, q: undefined })]
  return [...conditions, ...(after ? [afterCursor(p, order, after)] : [])].join(" and ")
}

/** May the list be looked up by the days of creation, one after another? */
export const isByDay = ({ keys }: Order) => keys[0]!.sql === "t.created_at"

/** The same for common words: of one day of creation after another, until there are enough. */
export function lookUpByDay(p: Param, looked: Looked, limit: number): string {
  return chosen(p, looked, [dayByDay(p, looked, limit)], limit)
}

/** The ids of the first tickets that say the words. */
export function dayByDay(p: Param, looked: Looked, limit: number): string {
  const { who, search, order } = looked
  const down = order.keys[0]!.down
  const [oldest, newest] = ["min", "max"].map((end) => `(select ${dayOf(`${end}(created_at)`)} from tickets)`)
  const first = looked.after ? dayOf(`${p(looked.after[0])}::timestamptz`) : down ? newest : oldest
  return `select s.id from generate_series(${first}, ${down ? oldest : newest}, ${down ? -1 : 1}) as day
    cross join lateral (
      select t.id from (${sayingOnDaySql(p, who, search, "('D' || day)::tsquery")}) hit ${ticketOfHit}
      where ${remaining(p, looked)} order by ${orderBy(order)} limit ${p(limit)}) s
    limit ${p(limit)}`
}

const dayOf = (instant: string) => `((${instant} at time zone 'UTC')::date - date '2000-01-01')`

export function countOf(ids: (p: Param) => string): Statement {
  return statement("", (p) => `select count(*) as n from (${ids(p)}) counted`)
}
