import { z } from "zod"
import { invalidField } from "../errors.ts"

/** How far a list is counted before it only says "more than this". */
export const countCap = 10_000

export const pageQuery = {
  limit: z
    .string()
    .regex(/^\d{1,3}$/, "must be a whole number from 1 to 100")
    .transform(Number)
    .refine((n) => n >= 1 && n <= 100, "must be a whole number from 1 to 100")
    .default(50),
  cursor: z.string().max(500).optional(),
}

/** A list's answer: one page, where it goes on, and how many there are (exact up to 10,000). */
export type Page<T> = { items: T[]; nextCursor: string | null; total: number; totalIsCapped: boolean }

/** The shape of a list's answer. */
export const pageSchema = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.number(), totalIsCapped: z.boolean() })

export type CursorValue = string | number | null

export function cursorOf(values: CursorValue[]): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url")
}

/** The values a cursor was made of, or a refusal naming `cursor`. `length` is how many the list expects. */
export function readCursor(cursor: string | undefined, length: number): CursorValue[] | null {
  if (cursor === undefined) return null
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString())
    const plain = (v: unknown) => v === null || typeof v === "number" || (typeof v === "string" && !v.includes("\0"))
    if (Array.isArray(values) && values.length === length && values.every(plain)) return values as CursorValue[]
  } catch {
    // Falls through: whatever it was, we did not make it.
  }
  throw invalidField("cursor", "must be the nextCursor of the same list")
}

/** Cuts the one extra row that shows whether there is more. */
export function toPage<Row, T>(
  rows: Row[],
  limit: number,
  counted: number,
  shape: (row: Row) => T,
  key: (row: Row) => CursorValue[],
): Page<T> {
  const kept = rows.slice(0, limit)
  const last = kept.at(-1)
  return {
    items: kept.map(shape),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf(key(last)) : null,
    total: Math.min(counted, countCap),
    totalIsCapped: counted > countCap,
  }
}
