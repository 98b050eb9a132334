// A stored delivery taken apart: what each of its elements asks for, or why it cannot be read.
import { Refusal } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import { type ChannelAccount, channels, type ElementSummary } from "#channels/index.ts"
import type { Delivery } from "./webhook-delivery-store.ts"
import { type ElementRequest, loadRequest, toRequest } from "./process-webhook-element.ts"

/**
 * `request` is null when the element cannot be read, and `reason` says why; or when it has to be loaded first, by `load`. `element` is text
 * when it is the whole delivery.
 */
export type DeliveryElement = {
  ordinal: number
  element: object | string
  request: ElementRequest | null
  reason: string | null
  load?: () => Promise<ElementRequest>
  /** What people see of it, where its channel says so. */
  summarize?: () => Promise<ElementSummary>
}
export type ParsedDelivery = Delivery & { elements: DeliveryElement[] }

/** How far the positions of two deliveries lie apart at least: the increment of the sequence `message_positions`. */
export const placesOfDelivery = 262_144

export function parseDelivery(
  kit: Pick<Kit, "storage">,
  delivery: Delivery,
  accounts: ChannelAccount[],
  now: Date,
): ParsedDelivery {
  const accountOf = (connectionId: string | null) => accounts.find((one) => one.id === connectionId)
  // The connection by whose address it came may be removed by the time that the one it waited for is there again.
  const account = accountOf(delivery.connectionId) ?? accountOf(delivery.heldFor)
  const split = splitDelivery(delivery.body, account)
  if (split.length > placesOfDelivery) {
    const reason = `more than ${placesOfDelivery} elements`
    return { ...delivery, elements: [{ ordinal: 0, element: delivery.body, request: null, reason }] }
  }
  const elements = split.map((element, ordinal): DeliveryElement => {
    if (typeof element === "string" || !account) return { ordinal, element, request: null, reason: "not an envelope" }
    const came = { now, position: delivery.position + ordinal }
    const { load: isLoaded, summarize } = channels[account.kind]!.receive!
    if (isLoaded) {
      const load = () => loadRequest(kit, element, account, accounts, came)
      const more = summarize && { summarize: () => summarize(element, kit.storage) }
      return { ordinal, element, request: null, reason: null, load, ...more }
    }
    try {
      const request = toRequest(element, account, accounts, came)
      return { ordinal, element, request, reason: null }
    } catch (error) {
      return { ordinal, element, request: null, reason: reasonOf(error) }
    }
  })
  return { ...delivery, elements }
}

function splitDelivery(body: string, account: ChannelAccount | undefined): (object | string)[] {
  try {
    return account ? channels[account.kind]!.receive!.split(body) : [body]
  } catch {
    return [body]
  }
}

/** What went wrong, without any of the words that were sent. */
export function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.code
  const { name, message, issues } = error as Error & { issues?: { path: PropertyKey[]; code: string }[] }
  if (issues)
    return issues
      .map((it) => `${it.path.join(".") || "element"}: ${it.code}`)
      .join("; ")
      .slice(0, 300)
  return `${name}: ${message}`.slice(0, 300)
}
