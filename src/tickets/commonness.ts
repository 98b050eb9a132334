// How common the words of a search are, as far as the database's statistics know. No message is read.
import type { Database, Param } from "#kernel/db.ts"
import { statement } from "#kernel/db.ts"
import { nameCondition, type Search, type Term, termSql } from "./text.ts"

// A word of which the statistics know nothing is taken for this much of all messages; what is looked up at once is more.
const rareShare = 0.005
const rareUpTo = 10_000
const fewContacts = 1_000

/**
 * A search with the rarest of its words. `messages`: about how many have it. `isByDay`: it can be looked up by one day after
 * another; a beginning or a name would be collected anew for each.
 */
export type Weighed = { search: Search; rarest: Term | null; messages: number; isRare: boolean; isByDay: boolean }

type Guess = { term: Term; messages: number }

/** A last word that is common itself does not stand for longer ones too: it finds more than enough. */
export async function weigh(db: Database, search: Search): Promise<Weighed> {
  const [all, named, ...guesses] = await Promise.all([
    messagesStored(db),
    search.name ? guess(db, (p) => `contacts o where ${nameCondition(p, search.name!)}`) : 0,
    ...search.terms.map((term) => guessTerm(db, term)),
  ])
  const few = Math.max(rareUpTo, rareShare * all)
  const kept = await Promise.all(guesses.map((guessed) => wholeIfCommon(db, guessed, few)))
  const [rarest = null] = kept.toSorted((a, b) => a.messages - b.messages)
  const isNamed = named > fewContacts
  return {
    search: { ...search, terms: kept.map(({ term }) => term) },
    rarest: rarest && rarest.term,
    messages: rarest?.messages ?? 0,
    isRare: !isNamed && (rarest?.messages ?? 0) <= few,
    isByDay: !isNamed && kept.every(({ term }) => !term.isBeginning),
  }
}

async function wholeIfCommon(db: Database, guessed: Guess, few: number): Promise<Guess> {
  if (!guessed.term.isBeginning || guessed.messages <= few) return guessed
  const whole = await guessTerm(db, { ...guessed.term, isBeginning: false })
  return whole.messages > few ? whole : guessed
}

async function guessTerm(db: Database, term: Term): Promise<Guess> {
  return { term, messages: await guess(db, (p) => `messages m where m.words @@ ${termSql(p, term)}`) }
}

async function guess(db: Database, of: (p: Param) => string): Promise<number> {
  const asked = statement("", (p) => `explain (format json) select from ${of(p)}`)
  const [row] = await db.run<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }>(asked)
  return row!["QUERY PLAN"][0].Plan["Plan Rows"]
}

async function messagesStored(db: Database): Promise<number> {
  const text = "select reltuples as n from pg_class where oid = 'messages'::regclass"
  const [row] = await db.run<{ n: number }>({ name: "messages-stored", text, values: [] })
  return row!.n
}
