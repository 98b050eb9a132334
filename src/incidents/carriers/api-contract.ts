import { z } from "zod"
import { canonicals } from "../api-contract.ts"

export const mappedStatus = z.object({
  carrier: z.string(),
  word: z.string(),
  canonical: z.enum(canonicals),
  source: z.enum(["known", "taught"]),
})
const unknownStatus = z.object({
  carrier: z.string(),
  word: z.string(),
  times: z.number(),
  firstSeenAt: z.date(),
  lastSeenAt: z.date(),
})
export const mappingsAnswer = z.object({
  items: z.array(mappedStatus),
  unknown: z.array(unknownStatus),
  canonicals: z.array(z.enum(canonicals)),
})
export type MappedStatus = z.infer<typeof mappedStatus>
export type StatusMappings = z.infer<typeof mappingsAnswer>

/** What became of a file of movements. */
export const importAnswer = z.object({
  lines: z.number(),
  stored: z.number(),
  known: z.number(),
  errors: z.array(z.object({ line: z.number(), message: z.string() })),
  errorCount: z.number(),
  unknownWords: z.array(z.string()),
})
export type ImportOutcome = z.infer<typeof importAnswer>
