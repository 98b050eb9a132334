import { z } from "zod"

/** The shape of a list's answer. */
export const pageAnswer = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.number(), totalIsCapped: z.boolean() })
