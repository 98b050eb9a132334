import { z } from "zod"
import { plainText } from "#kernel/http/input-fields.ts"

export const answerBody = z.strictObject({
  score: z.int("must be a whole number from 1 to 5").min(1, "must be 1 or more").max(5, "must be at most 5"),
  comment: plainText(2_000).optional(),
})
export type SurveyAnswer = z.output<typeof answerBody>

/** What stands from now on. */
export const storedAnswer = z.object({ score: z.number(), comment: z.string().nullable() })
export type StoredAnswer = z.infer<typeof storedAnswer>

export const survey = z
  .object({
    id: z.string(),
    /** Which life of the ticket it asks about; 1 is the first. */
    cycle: z.number(),
    way: z.enum(["mail", "text", "template"]),
    sentAt: z.date(),
    endsAt: z.date(),
    score: z.number().nullable(),
    comment: z.string().nullable(),
    answeredAt: z.date().nullable(),
  })
  .meta({ id: "Survey" })
export type Survey = z.infer<typeof survey>

export const surveysAnswer = z.object({ items: z.array(survey) })
