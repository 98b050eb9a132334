// How common the words of a search are, as far as the database's statistics know. No message is read.
import { type Database, estimatedRows } from "#kernel/db.ts"
import { type Search, type SearchTerm, termSql, textTermSql } from "./search-terms.ts"

// A word of which the statistics know nothing is taken for this much of all messages; what is looked up at once is more.
const rareShare = 0.005
const rareUpTo = 10_000
// Of a beginning of names they say half a per cent when they know nothing, and a number is two of these.
const rareShareOfTexts = 0.02

/**
 * A search with the rarest of its words. `messages`: about how many have it. `isByDay`: it can be looked up by one day after
 * another; a beginning would be collected anew for each.
 */
export type SelectivityEstimate = {
  search: Search
  rarest: SearchTerm | null
  messages: number
  isRare: boolean
  isByDay: boolean
}

type Guess = { term: SearchTerm; messages: number; isRare: boolean }
type TableSizes = { messages: number; texts: number }

/** A word that is common itself does not stand for longer ones too: it finds more than enough. */
export async function estimateSelectivity(db: Database, search: Search): Promise<SelectivityEstimate> {
  const all = await stored(db)
  const guesses = await Promise.all(search.terms.map((term) => guessTerm(db, term, all)))
  const kept = await Promise.all(guesses.map((guessed) => wholeIfCommon(db, guessed, all)))
  const [rarest = null] = kept.toSorted((a, b) => a.messages - b.messages)
  return {
    search: { ...search, terms: kept.map(({ term }) => term) },
    rarest: rarest && rarest.term,
    messages: rarest?.messages ?? 0,
    isRare: rarest?.isRare ?? true,
    isByDay: kept.every(({ term }) => !term.isBeginning && !term.isOfName),
  }
}

async function wholeIfCommon(db: Database, guessed: Guess, all: TableSizes): Promise<Guess> {
  if (guessed.isRare) return guessed
  const whole = await guessTerm(db, { ...guessed.term, isBeginning: false, isOfName: false }, all)
  return whole.isRare ? guessed : whole
}

async function guessTerm(db: Database, term: SearchTerm, all: TableSizes): Promise<Guess> {
  const [messages, texts] = await Promise.all([
    estimatedRows(db, (p) => `messages m where m.words @@ ${termSql(p, term)}`),
    estimatedRows(db, (p) => `ticket_texts x where x.words @@ ${textTermSql(p, term)}`),
  ])
  const isRare =
    messages <= Math.max(rareUpTo, rareShare * all.messages) &&
    texts <= Math.max(rareUpTo, rareShareOfTexts * all.texts)
  return { term, messages: messages + texts, isRare }
}

async function stored(db: Database): Promise<TableSizes> {
  const text = `select (select reltuples from pg_class where oid = 'messages'::regclass) as messages,
    (select reltuples from pg_class where oid = 'ticket_texts'::regclass) as texts`
  const [row] = await db.run<TableSizes>({ name: "texts-stored", text, values: [] })
  return row!
}
