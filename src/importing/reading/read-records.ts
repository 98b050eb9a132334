// From the values of an input to the records of Hilo's own format, each checked: what is wrong with one is said, and the rest of it
// is taken as far as it makes sense.
import type { z } from "zod"
import type { Problem } from "../import-report.ts"
import { type ImportRecord, recordTypes, schemas, whenUnreadable } from "../record-schemas.ts"
import type { Source } from "../sources/source.ts"
import type { InputValue } from "./input-value-type.ts"

export type ReadRecord = { line: number; record: ImportRecord }

type Say = (problem: Problem) => void

export async function* readRecords(
  values: AsyncIterable<InputValue>,
  source: Source,
  say: Say,
): AsyncGenerator<ReadRecord> {
  const unknown = new Set<string>()
  for await (const { line, value, problem } of values) {
    if (value === undefined) say({ line, field: "", expected: problem, isRefused: true })
    else
      for (const raw of recordsOf(source, value, line, say)) {
        const record = checkRecord(raw, line, say, unknown)
        if (record) yield { line, record }
      }
  }
}

/** What a reader cannot make sense of is that line's problem, and not the end. */
export function recordsOf(
  source: Source,
  value: Record<string, unknown>,
  line: number,
  say: Say,
): Record<string, unknown>[] {
  try {
    const records = [...source.records(value)]
    if (records.length === 0) say({ line, field: "", expected: source.expected, isRefused: true })
    return records
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    say({ line, field: "", expected: source.expected, isRefused: true })
    return []
  }
}

const rounds = 5

/** Null: refused. `raw` is changed. Unknown fields are said once each. */
export function checkRecord(
  raw: Record<string, unknown>,
  line: number,
  say: Say,
  unknown: Set<string>,
): ImportRecord | null {
  const { type } = raw
  if (typeof type !== "string" || !Object.hasOwn(schemas, type)) {
    say({ line, field: "type", expected: `one of ${recordTypes.join(", ")}`, isRefused: true })
    return null
  }
  const schema: z.ZodType = schemas[type as keyof typeof schemas]
  for (let round = 0; round < rounds; round++) {
    const read = schema.safeParse(raw)
    if (read.success) return read.data as ImportRecord
    for (const issue of read.error.issues.toReversed())
      if (!mend(raw, issue, (one) => say({ line, ...one }), unknown)) return null
  }
  say({ line, field: "", expected: "fewer mistakes at one place", isRefused: true })
  return null
}

type Problems = (problem: Omit<Problem, "line">) => void

/** Takes away what is wrong, or takes it as what does no harm; false when the record is nothing without it. */
function mend(raw: Record<string, unknown>, issue: z.core.$ZodIssue, say: Problems, unknown: Set<string>): boolean {
  const { path, message } = issue
  if (issue.code === "unrecognized_keys") {
    for (const key of issue.keys) {
      const field = nameOf([...path, key])
      if (!unknown.has(field)) say({ field, expected: "no such field; it is left out", isRefused: false })
      unknown.add(field)
      remove(raw, [...path, key])
    }
    return true
  }
  const name = nameOf(path)
  if (Object.hasOwn(whenUnreadable, name)) {
    const value = whenUnreadable[name]!
    say({ field: path.join("."), expected: `${message}; read as ${value}`, isRefused: false })
    Object.assign(valueAt(raw, path.slice(0, -1)) as object, { [path.at(-1)!]: value })
    return true
  }
  const isMissing = valueAt(raw, path) === undefined
  // What lacks something that it needs goes as a whole: a message of a ticket, or the record itself.
  const gone = isMissing ? path.slice(0, path.findLastIndex((part) => typeof part === "number") + 1) : path
  say({ field: path.join("."), expected: isMissing ? "a value" : message, isRefused: gone.length === 0 })
  if (gone.length > 0) remove(raw, gone)
  return gone.length > 0
}

type Path = readonly PropertyKey[]

/** Of a field, whichever element of a list it stands in. */
const nameOf = (path: Path) => path.filter((part) => typeof part !== "number").join(".")

function valueAt(from: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | null | undefined)?.[part], from)
}

function remove(from: Record<string, unknown>, path: Path) {
  const parent = valueAt(from, path.slice(0, -1)) as Record<PropertyKey, unknown> | unknown[] | null | undefined
  const last = path.at(-1)!
  if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else if (parent) delete parent[last]
}
