// One request for all that is asked of a ticket at one moment: its opening asks for everything, a notice for what is shown.
import type { Contact } from "#contacts/api-contract.ts"
import type { Message } from "#messages/api-contract.ts"
import type { Drafts, ReplyWindow } from "#replies/api-contract.ts"
import type { SuggestedLink } from "#tickets/links/api-contract.ts"
import type { TimelineAnswer } from "#tickets/history/api-contract.ts"
import { get, Problem, queryString, type Page } from "../lib/api-client.ts"
import type { Json } from "../lib/json-type.ts"
import type { ListedTicket, Ticket } from "./ticket.ts"

interface Parts {
  ticket: Ticket
  messages: Page<Json<Message>>
  timeline: Json<TimelineAnswer>
  replyWindow: Json<ReplyWindow>
  drafts: Drafts
  suggestedLinks: { items: SuggestedLink[] }
  contact: Json<Contact>
  contactTickets: Page<ListedTicket>
}
type PartName = keyof Parts

interface PartRequest {
  name: PartName
  /** Asks for it by its own route. */
  alone: (() => Promise<unknown>) | undefined
  resolve: (part: never) => void
  reject: (error: unknown) => void
}

const waiting = new Map<string, PartRequest[]>()

/** What is asked for in the same moment is answered together; what is asked for alone, or was left out, by its own route. */
export function fetchPart<N extends PartName>(
  ref: string,
  name: N,
  alone?: () => Promise<Parts[N]>,
): Promise<Parts[N]> {
  return new Promise((resolve, reject) => {
    const requests = waiting.get(ref) ?? []
    if (requests.push({ name, alone, resolve, reject }) > 1) return
    waiting.set(ref, requests)
    queueMicrotask(() => {
      waiting.delete(ref)
      void answer(ref, requests)
    })
  })
}

async function answer(ref: string, requests: PartRequest[]) {
  const [first, ...others] = requests
  if (first?.alone && others.length === 0)
    return first.alone().then(first.resolve as (part: unknown) => void, first.reject)
  const include = [...new Set(requests.map(({ name }) => name))].filter((name) => name !== "ticket")
  try {
    const path = `/tickets/${encodeURIComponent(ref)}${queryString({ include })}`
    const { included, ...ticket } = await get<Ticket & { included: Partial<Parts> }>(path)
    const parts: Partial<Parts> = { ...included, ticket }
    for (const { name, alone, resolve, reject } of requests)
      if (name in parts) resolve(parts[name] as never)
      else if (alone) void alone().then(resolve as (part: unknown) => void, reject)
      else reject(new Problem(404, { code: "not_found" }))
  } catch (error) {
    for (const { reject } of requests) reject(error)
  }
}
