import { z } from "zod"
import { statuses } from "../lifecycle/lifecycle-table.ts"

/** `number`: its words name it; `thread`: it is of a thread that its writer takes no part in; `same_mail`: another mailbox got it too. */
export const suggestionReasons = ["number", "thread", "same_mail"] as const
export type SuggestionReason = (typeof suggestionReasons)[number]

/** A ticket that may have to do with this one, until people link the two or turn it down. */
export const suggestedLink = z.object({
  ticketId: z.string(),
  number: z.string(),
  subject: z.string(),
  status: z.enum(statuses),
  because: z.enum(suggestionReasons),
})
export type SuggestedLink = z.infer<typeof suggestedLink>

export const suggestedLinks = z.object({ items: z.array(suggestedLink) }).meta({ id: "SuggestedLinks" })
