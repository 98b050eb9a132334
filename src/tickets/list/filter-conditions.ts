// What a list's query means in SQL. Every value is a parameter; only names from the allow-lists below become text.
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import type { Param } from "#kernel/db.ts"
import { invalidField } from "#kernel/errors.ts"
import { undeliveredSql } from "#messages/index.ts"
import { can, type Principal } from "#people/index.ts"
import type { ListQuery } from "../api-contract.ts"
import { searchableValue, knownKeys } from "../fields/custom-field-store.ts"

const openPhases = ["new", "active", "waiting"]

// Literal, as the partial indexes say it: the open tickets, which every message moves, and the rest, which rest.
export const openAndEnded = {
  open: "t.phase in ('new', 'active', 'waiting')",
  closed: "t.phase in ('resolved', 'closed')",
}

/** The half of the tickets that the query is about; null when it is about both. */
export function openOrEnded(q: ListQuery): "open" | "closed" | null {
  if (!q.phase) return null
  const open = q.phase.filter((phase) => openPhases.includes(phase)).length
  if (open === q.phase.length) return "open"
  return open === 0 ? "closed" : null
}

/** The conditions over `t` of everything the query asks for, except its text and who may see it. */
export function conditionsOf(p: Param, who: Principal, q: ListQuery): string[] {
  const any = (column: string, values: readonly string[] | undefined) =>
    values ? [`${column} = any(${p(values)}::text[])`] : []
  return [
    ...oneOf(p, "t.id", q.id),
    ...any("t.kind", q.kind),
    ...any("t.status", q.status),
    ...phaseConditions(p, q),
    ...any("t.priority", q.priority),
    ...assigneeConditions(p, who, q.assignedTo),
    ...(q.mentioned
      ? [
          `t.id in (select m.ticket_id from mentions n join messages m on m.id = n.message_id where n.user_id = ${p(who.id)})`,
        ]
      : []),
    // Once, as a list of ids: there are few of them, whatever else is asked for.
    ...(q.delivery ? [`t.id = any(array(select m.ticket_id from messages m where ${undeliveredSql("m")}))`] : []),
    ...(q.surveyScore ? [`t.survey_score = any(${p(q.surveyScore)}::smallint[])`] : []),
    ...oneOf(p, "t.team_id", q.teamId),
    ...oneOf(p, "t.contact_id", q.contactId),
    ...any("t.connection_id", q.connectionId),
    ...(q.categoryId
      ? [
          `exists (select from ticket_categories tc where tc.ticket_id = t.id and tc.category_id = any(${p(q.categoryId)}::text[]))`,
        ]
      : []),
    ...(q.tag ? [`t.tags && ${p(q.tag)}::text[]`] : []),
    ...Object.entries(q.customFields ?? {}).map(
      ([key, values]) => `exists (select from ticket_field_values f where f.ticket_id = t.id and f.key = ${p(key)}
        and f.value = any(${p(values.map(searchableValue))}::text[]))`,
    ),
    ...snoozeConditions(who, q),
    ...slaConditions(p, q),
    ...rangeConditions(p, who, q),
  ]
}

/** The query with the date that it is where `who` is in place of "today", which a saved view says whenever it is opened. */
export function withToday(q: ListQuery, { timezone }: Principal, now: Date): ListQuery {
  const asked = ranges.filter(([name]) => q[name] === "today")
  if (asked.length === 0) return q
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timezone).toPlainDate()
  return { ...q, ...Object.fromEntries(asked.map(([name]) => [name, today.toString()])) }
}

/** Refuses what a list cannot be asked for: dates that are none, and fields that `who` does not know. */
export async function checkListQuery(from: Kysely<DB>, who: Principal, q: ListQuery, prefix = ""): Promise<void> {
  for (const [name] of ranges) {
    const text = q[name]
    if (text !== undefined) readBound(name, text, who.timezone, prefix)
  }
  if (!can.beStaff(who)) refuseHidden(q, prefix)
  const keys = Object.keys(q.customFields ?? {})
  if (keys.length === 0) return
  const known = await knownKeys(from, keys, !can.beStaff(who))
  const unknown = keys.find((key) => !known.includes(key))
  if (unknown !== undefined) throw invalidField(`${prefix}customFields.${unknown}`, "is no field of tickets")
}

// What customers are not shown they cannot ask for either: whether something is found would reveal it.
const hidden = [
  "assignedTo",
  "mentioned",
  "delivery",
  "surveyScore",
  "teamId",
  "tag",
  "snoozed",
  "slaState",
  "slaBreached",
  "slaDueFrom",
  "slaDueTo",
] as const

const hiddenSorts = ["slaDueAt", "waitingSince"]

function refuseHidden(q: ListQuery, prefix: string) {
  const asked = hidden.find((name) => q[name] !== undefined)
  if (asked !== undefined) throw invalidField(prefix + asked, "is not a known field")
  const sort = hiddenSorts.find((name) => q.sort.some((key) => key.endsWith(name)))
  if (sort !== undefined) throw invalidField(`${prefix}sort`, `${sort} is not a known field`)
}

/** One value is written as an equation: a list in the order of an index needs that. */
function oneOf(p: Param, column: string, values: readonly string[] | undefined): string[] {
  if (!values) return []
  return values.length === 1 ? [`${column} = ${p(values[0])}`] : [`${column} = any(${p(values)}::text[])`]
}

/** The half's own words, for its partial indexes; all phases of a half need no others. */
function phaseConditions(p: Param, q: ListQuery): string[] {
  const half = openOrEnded(q)
  if (half === null) return oneOf(p, "t.phase", q.phase)
  const isWhole = new Set(q.phase).size === (half === "open" ? openPhases.length : 2)
  return [openAndEnded[half], ...(isWhole ? [] : oneOf(p, "t.phase", q.phase))]
}

/**
 * Views of open tickets hold nothing that is snoozed, unless asked for it. What has slept long enough is woken within a
 * second, so the column alone decides. Customers know nothing of it.
 */
function snoozeConditions(who: Principal, q: ListQuery): string[] {
  const wanted = q.snoozed ?? (openOrEnded(q) === "open" ? false : undefined)
  if (wanted === undefined || !can.beStaff(who)) return []
  return [wanted ? "t.snoozed_until is not null" : "t.snoozed_until is null"]
}

function assigneeConditions(p: Param, who: Principal, assignees: readonly string[] | undefined): string[] {
  if (!assignees) return []
  const ids = assignees.filter((a) => a !== "unassigned").map((a) => (a === "me" ? who.id : a))
  const nobody = assignees.includes("unassigned") ? ["t.assignee_id is null"] : []
  const somebody = ids.length > 0 ? oneOf(p, "t.assignee_id", ids) : []
  const either = [...nobody, ...somebody]
  return either.length === 1 ? either : [`(${either.join(" or ")})`]
}

const slaOf = "select from ticket_sla s where s.ticket_id = t.id and"

/** The states in which something runs on the open tickets of the list; null when it is about others too. */
export const runningStates = (q: ListQuery) =>
  q.slaState && !q.slaState.includes("none") && openOrEnded(q) === "open" ? [...new Set(q.slaState)] : null

/** What the query asks besides how deadlines stand. */
export function withoutDeadlines(q: ListQuery): ListQuery {
  const { slaState: _state, slaDueFrom: _from, slaDueTo: _to, ...others } = q
  return others
}

/** A ticket that never had a target has none. */
function slaConditions(p: Param, q: ListQuery): string[] {
  const { slaState, slaBreached } = q
  const running = runningStates(q) ? " and s.is_running" : ""
  const inState = slaState ? `exists (${slaOf} s.state = any(${p(slaState)}::text[])${running})` : ""
  const without = "not exists (select from ticket_sla s where s.ticket_id = t.id)"
  return [
    ...(slaState ? [slaState.includes("none") ? `(${inState} or ${without})` : inState] : []),
    ...(slaBreached === undefined ? [] : [`${slaBreached ? "" : "not "}exists (${slaOf} s.breached_at is not null)`]),
  ]
}

const slaDueAt = "(select s.due_at from ticket_sla s where s.ticket_id = t.id)"
const ranges = [
  ["createdFrom", "t.created_at", ">="],
  ["createdTo", "t.created_at", "<="],
  ["updatedFrom", "t.updated_at", ">="],
  ["updatedTo", "t.updated_at", "<="],
  ["slaDueFrom", slaDueAt, ">="],
  ["slaDueTo", slaDueAt, "<="],
] as const

/** How the deadline of the ticket `t` stands, looked up by its key: for walks over few tickets, where no join is worth its while. */
export const deadlineOfTicket = (p: Param, who: Principal, q: ListQuery): string =>
  `(select ${[`s.state = any(${p(q.slaState)}::text[])`, "s.is_running", ...deadlineConditions(p, who, q)].join(" and ")}
    from ticket_sla s where s.ticket_id = t.id)`

/** The bounds of the deadline, over the column of `ticket_sla s` that holds it. */
export const deadlineConditions = (p: Param, who: Principal, q: ListQuery): string[] =>
  rangeConditions(
    p,
    who,
    q,
    ranges.flatMap(([name, column, operator]) => (column === slaDueAt ? [[name, "s.due_at", operator] as const] : [])),
  )

type Range = readonly [name: (typeof ranges)[number][0], column: string, operator: ">=" | "<="]

function rangeConditions(p: Param, who: Principal, q: ListQuery, of: readonly Range[] = ranges): string[] {
  return of.flatMap(([name, column, operator]) => {
    const text = q[name]
    if (text === undefined) return []
    const { at, exclusive } = readBound(name, text, who.timezone)
    return [`${column} ${operator === "<=" && exclusive ? "<" : operator} ${p(at)}::timestamptz`]
  })
}

// What the database's calendar holds, with room for every zone.
const earliest = Date.UTC(-4000, 0)

/** An instant as it is, or a date in the viewer's zone: as an end it includes its day, so it means "before the next". */
function readBound(name: string, text: string, zone: string, prefix = ""): { at: Date; exclusive: boolean } {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
      const day = Temporal.PlainDate.from(text).add({ days: name.endsWith("To") ? 1 : 0 })
      return { at: new Date(day.toZonedDateTime(zone).epochMilliseconds), exclusive: name.endsWith("To") }
    }
    const at = new Date(Temporal.Instant.from(text).epochMilliseconds)
    if (at.getTime() >= earliest) return { at, exclusive: false }
  } catch {
    // Refused below, as what is readable and before every calendar.
  }
  throw invalidField(
    prefix + name,
    "must be today, a date such as 2026-11-22 or an instant such as 2026-11-22T09:30:00Z",
  )
}
