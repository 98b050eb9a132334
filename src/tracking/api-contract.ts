import { z } from "zod"
import { plainText } from "#kernel/http/input-fields.ts"

/** What somebody gives who has no account: a number in any usual writing, and an e-mail that stands with the ticket. */
export const trackBody = z.strictObject({ number: plainText(64, 1), email: plainText(320, 1) })
export type TrackBody = z.output<typeof trackBody>

/** `in_progress`: somebody had it for the first time, or answered. */
export const trackSteps = ["created", "first_response", "in_progress", "resolved", "closed", "reopened"] as const

export const trackedTicket = z
  .object({
    number: z.string(),
    subject: z.string(),
    status: z.string(),
    timeline: z.array(z.object({ step: z.enum(trackSteps), at: z.date() })),
    resolutionNotes: z.string().nullable(),
  })
  .meta({ id: "TrackedTicket" })
export type TrackedTicket = z.infer<typeof trackedTicket>
export type TrackStep = TrackedTicket["timeline"][number]

/** The same for everybody, whether or not something is mailed. */
export const linkAnswer = z.object({ validMinutes: z.number() })
