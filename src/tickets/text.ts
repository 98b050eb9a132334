// What a search means. Each word must be somewhere in the ticket: in its subject, its description, or in a message that the
// reader may see. A number finds its ticket too, and the beginning of a name its contact's tickets.
import type { Param } from "#kernel/db.ts"
import { can, type Principal } from "#people/index.ts"
import { readRef } from "./ref.ts"

/** `isBeginning`: longer words that begin so are meant too. */
export type Term = { word: string; isBeginning: boolean }
export type Search = { ref: { id: string } | { number: string } | null; terms: Term[]; name: string | null }

const mostTerms = 16
// One letter or two begin half of all words.
const shortestBeginning = 3
// The same signs as in the database's search_text().
const between =
  /[^0-9A-Za-z\u00aa\u00b5\u00ba\u00c0-\u1fff\u2c00-\u2dff\u3040-\ufdff\ufe70-\ufeff\uff10-\uffdf\u{10000}-\u{1efff}\u{20000}-\u{3ffff}]+/u

/** What somebody typed into the search. An id, or a number written as one, means that ticket and nothing else. */
export function readSearch(text: string): Search {
  const ref = readRef(text)
  if (ref && !/^\d+$/.test(text.trim())) return { ref, terms: [], name: null }
  const words = text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]+/g, "")
    .toLowerCase()
    .split(between)
    .filter(Boolean)
  const last = words.at(-1)
  const isBeginning = (word: string) => word === last && word.length >= shortestBeginning
  const terms = [...new Set(words)].slice(-mostTerms).map((word) => ({ word, isBeginning: isBeginning(word) }))
  return { ref, terms, name: text.trim().toLowerCase() }
}

/** One word as the database's query. */
export const termSql = (p: Param, { word, isBeginning }: Term) => `search_term(${p(word)}, ${isBeginning})`

/** Notes are for staff: to others they are not there, whatever they say. */
const heard = (who: Principal) => (can.beStaff(who) ? "" : "and not m.is_internal")

/** Does the ticket with this id say the word? */
function saysCondition(p: Param, who: Principal, term: Term, id: string): string {
  const query = termSql(p, term)
  return `(exists (select from messages m where m.ticket_id = ${id} and m.words @@ ${query} ${heard(who)})
    or exists (select from ticket_texts x where x.ticket_id = ${id} and x.words @@ ${query}))`
}

/** Does it say all of them? */
export const saysAllCondition = (p: Param, who: Principal, terms: Term[], id: string) =>
  terms.map((term) => saysCondition(p, who, term, id)).join(" and ")

/** The condition over `t`: exactly what the search finds. */
export function searchCondition(p: Param, who: Principal, { terms, ref, name }: Search): string {
  const ways = [
    ...(terms.length > 0 ? [`(${saysAllCondition(p, who, terms, "t.id")})`] : []),
    ...(ref ? ["id" in ref ? `t.id = ${p(ref.id)}` : `t.number = ${p(ref.number)}`] : []),
    ...(name ? [`exists (select from contacts o where o.id = t.contact_id and ${nameCondition(p, name)})`] : []),
  ]
  return ways.length === 0 ? "false" : `(${ways.join(" or ")})`
}

/** Contacts `o` whose name begins so. */
export const nameCondition = (p: Param, name: string) =>
  `lower(o.name) like ${p(`${name.replace(/[\\%_]/g, "\\$&")}%`)}`

/** The ids of the tickets that say the word. `day`: SQL of a tsquery for the day of their creation. */
export function sayingSql(p: Param, who: Principal, term: Term, day: string | null = null): string {
  const query = termSql(p, term)
  // Two conditions, not one query: so the index leaps from one list to the other instead of reading both.
  const within = (words: string) => `${words} @@ ${query} ${day ? `and ${words} @@ ${day}` : ""}`
  return `select m.ticket_id as id from messages m where ${within("m.words")} ${heard(who)}
    union select x.ticket_id from ticket_texts x where ${within("x.words")}`
}

/** The ids of what a search finds otherwise than by its words. */
export function otherwiseSql(p: Param, search: Search): string[] {
  return [
    ...(search.ref && "number" in search.ref ? [`select id from tickets where number = ${p(search.ref.number)}`] : []),
    ...(search.ref && "id" in search.ref ? [`select id from tickets where id = ${p(search.ref.id)}`] : []),
    ...(search.name
      ? [`select r.id from contacts o join tickets r on r.contact_id = o.id where ${nameCondition(p, search.name)}`]
      : []),
  ]
}
