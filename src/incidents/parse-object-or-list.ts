import type { z } from "zod"
import { mapYielding } from "#kernel/map-without-blocking-event-loop.ts"
import { type FieldError, Refusal } from "#kernel/errors.ts"

const most = 1_000

/** One thing or a list of them. Refuses all of it by name when something is wrong: `0.guia` is the first one's. */
export async function parseList<T>(schema: z.ZodType<T>, body: unknown): Promise<{ items: T[]; isList: boolean }> {
  const isList = Array.isArray(body)
  const given: unknown[] = isList ? body : [body]
  if (given.length > most) throw refusal([{ path: "", message: `must be at most ${most} items` }])
  const errors: FieldError[] = []
  const read = await mapYielding(given, (one) => schema.safeParse(one))
  const items = read.flatMap((read, i) => {
    if (read.success) return [read.data]
    errors.push(...read.error.issues.flatMap((issue) => named(issue, isList ? [i] : [])))
    return []
  })
  if (errors.length > 0) throw refusal(errors.slice(0, 100))
  return { items, isList }
}

function named(issue: z.core.$ZodIssue, before: number[]): FieldError[] {
  const at = (...path: PropertyKey[]) => [...before, ...issue.path, ...path].map(String).join(".")
  if (issue.code === "unrecognized_keys") {
    return issue.keys.slice(0, 20).map((key) => ({ path: at(key), message: "is not a known field" }))
  }
  if (issue.code === "invalid_type" && issue.input === undefined) return [{ path: at(), message: "is required" }]
  return [{ path: at(), message: issue.message }]
}

function refusal(errors: FieldError[]): Refusal {
  const detail = errors.map(({ path, message }) => `${path || "body"}: ${message}`).join("; ")
  return new Refusal("invalid", "invalid", detail.slice(0, 1_000), { errors })
}
