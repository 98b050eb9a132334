// What a search means. Each word must be somewhere in the ticket: in its subject, its description, a message that the reader
// may see, or the name or an address of its contact. A number finds its ticket too, and the tickets of who has that phone.
import type { Param } from "#kernel/db.ts"
import { type ContactQuery, parseContactQuery, contactQuerySql, personSql, searchedWords } from "#contacts/index.ts"
import { can, type Principal } from "#people/index.ts"
import { readableBy } from "../readable-messages.ts"
import {
  readTicketReference,
  type TicketNumberReference,
  ticketsOfNumberSql,
} from "../numbers/find-ticket-by-number-or-alias.ts"

/**
 * `isBeginning`: longer words that begin so are meant too; `isOfName`: those of people's names and addresses;
 * `byPeople`: it may be one of these at all.
 */
export type SearchTerm = { word: string; isBeginning: boolean; isOfName: boolean; byPeople: boolean }
export type Search = { ref: { id: string } | TicketNumberReference | null; terms: SearchTerm[]; meant: ContactQuery }

const mostTerms = 16
// One or two characters begin half of all words.
const shortestBeginning = 3
const nobody: ContactQuery = { numbers: [], joined: [] }

/**
 * What somebody typed into the search. An id, or a number written as one, means that ticket and nothing else. Local phones
 * are read as those of `country`. Only staff find `byPeople`: to others it would reveal what else is known of them.
 */
export function readSearch(text: string, country: string | null, byPeople: boolean): Search {
  const ref = readTicketReference(text)
  if (ref && isWholeReference(ref, text.trim())) return { ref, terms: [], meant: nobody }
  const words = searchedWords(text)
  const last = words.at(-1)
  const isBeginning = (word: string) => word === last && word.length >= shortestBeginning
  const meant = byPeople ? parseContactQuery(text, country) : nobody
  // Three digits begin half of all numbers; those of a whole one are meant together.
  const isOfName = (word: string) => word.length > 1 && meant.numbers.length === 0 && !/^\d{1,3}$/.test(word)
  const terms = [...new Set(words)].slice(-mostTerms)
  return {
    // Several words are none.
    ref: /\s/.test(text.trim()) ? null : ref,
    terms: terms.map((word) => ({ word, isBeginning: isBeginning(word), isOfName: isOfName(word), byPeople })),
    meant,
  }
}

/** What is only digits may be said in a text too, and what is no number of ours most often is. */
const isWholeReference = (ref: { id: string } | TicketNumberReference, typed: string) =>
  "id" in ref || (ref.number !== null && !/^#?\d+$/.test(typed))

/** One word as the database's query. */
export const termSql = (p: Param, { word, isBeginning }: SearchTerm) => `search_term(${p(word)}, ${isBeginning})`

/** The same where the contact's words are too. */
export const textTermSql = (p: Param, term: SearchTerm) =>
  term.byPeople ? `(${termSql(p, term)} || ${personSql(p, term.word, term.isOfName)})` : termSql(p, term)

/** What somebody may not read is not there for them, whatever it says. `m`: the message's name in the statement. */
const received = (p: Param, who: Principal, m: string) => (can.beStaff(who) ? "" : `and ${readableBy(p, who, m)}`)

/** Does the ticket with this id say the word? `id` may be of a message `m` or a text `x`. */
function saysCondition(p: Param, who: Principal, term: SearchTerm, id: string): string {
  return `(exists (select from messages said where said.ticket_id = ${id} and said.words @@ ${termSql(p, term)} ${received(p, who, "said")})
    or exists (select from ticket_texts about where about.ticket_id = ${id} and about.words @@ ${textTermSql(p, term)}))`
}

/** Does it say all of them? */
export const matchesAllTermsCondition = (p: Param, who: Principal, terms: SearchTerm[], id: string) =>
  terms.map((term) => saysCondition(p, who, term, id)).join(" and ")

/** The condition over `t`: exactly what the search finds. */
export function searchCondition(p: Param, who: Principal, { terms, ref, meant }: Search): string {
  const people = contactQuerySql(p, meant)
  const ways = [
    ...(terms.length > 0 ? [`(${matchesAllTermsCondition(p, who, terms, "t.id")})`] : []),
    ...(ref ? ["id" in ref ? `t.id = ${p(ref.id)}` : `t.id = any(array(${ticketsOfNumberSql(p, ref)}))`] : []),
    ...(people ? [`exists (select from ticket_texts x where x.ticket_id = t.id and x.words @@ (${people}))`] : []),
  ]
  return ways.length === 0 ? "false" : `(${ways.join(" or ")})`
}

/**
 * The ids of the tickets that say the word, and the `others` too: in the same text, or somewhere. `day`: SQL of a tsquery for
 * the day of their creation.
 */
export function ticketsWithTermSql(
  p: Param,
  who: Principal,
  term: SearchTerm,
  others: SearchTerm[] = [],
  day: string | null = null,
): string {
  // Two conditions, not one query: so the index leaps from one list to the other instead of reading both.
  const within = (words: string, id: string, query: (p: Param, term: SearchTerm) => string) =>
    [
      `${words} @@ ${query(p, term)}`,
      ...(day ? [`${words} @@ ${day}`] : []),
      ...others.map((other) => `(${words} @@ ${query(p, other)} or ${saysCondition(p, who, other, id)})`),
    ].join(" and ")
  return `select m.ticket_id as id from messages m where ${within("m.words", "m.ticket_id", termSql)} ${received(p, who, "m")}
    union select x.ticket_id from ticket_texts x where ${within("x.words", "x.ticket_id", textTermSql)}`
}

/** The ids of what a search finds otherwise than by its words. */
export function unindexedMatchSql(p: Param, search: Search): string[] {
  const people = contactQuerySql(p, search.meant)
  return [
    ...(search.ref && "number" in search.ref ? [ticketsOfNumberSql(p, search.ref)] : []),
    ...(search.ref && "id" in search.ref ? [`select id from tickets where id = ${p(search.ref.id)}`] : []),
    ...(people ? [`select x.ticket_id as id from ticket_texts x where x.words @@ (${people})`] : []),
  ]
}
