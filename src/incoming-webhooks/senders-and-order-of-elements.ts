// Of whom elements are, and which of them must not be written before what stands before them.
import type { Identity } from "#contacts/index.ts"
import type { InboundMessage } from "#intake/index.ts"
import type { DeliveryElement, ParsedDelivery } from "./parse-delivery.ts"
import type { ElementRequest } from "./process-webhook-element.ts"

/** Gives whether an element changes addresses or wishes, which one at a time do, or is of the same people and comes after that. */
export function followsChange(): (element: DeliveryElement) => boolean {
  const waiting = new Set<string>()
  return (element) => {
    const type = element.request?.type
    const addresses = addressesOf(element)
    const follows = type === "identity" || type === "preference" || addresses.some((one) => waiting.has(one))
    if (follows) for (const one of addresses) waiting.add(one)
    return follows
  }
}

/** Of whom it is; nobody else's delivery has the name of one that is nobody's. */
export function senderNames({ id, elements }: ParsedDelivery): string[] {
  const names = elements.flatMap(addressesOf)
  return names.length > 0 ? names : [String(id)]
}

/** The same for mails, with what they name: of two that may be of one conversation the second has to find what became of the first. */
export const writersAndThreads = (delivery: ParsedDelivery): string[] => [
  ...senderNames(delivery),
  ...delivery.elements.flatMap(({ request }) => (request?.type === "message" ? namesOfMail(request.inbound) : [])),
]

function namesOfMail({ mail }: InboundMessage): string[] {
  if (!mail) return []
  const ids = [...mail.thread.ids.map(({ id }) => id), ...(mail.mailId === null ? [] : [mail.mailId])]
  return [...mail.thread.tokens, ...ids].map((name) => `mail ${name}`)
}

/** Of whom an element is: all addresses of the group and the person, before and after a change of them. */
const addressesOf = ({ request }: DeliveryElement): string[] => identitiesOf(request).map(({ value }) => value)

function identitiesOf(request: ElementRequest | null): Identity[] {
  switch (request?.type) {
    case "message": {
      const { group, person } = request.inbound
      return [...(group ? [group.identity] : []), person.identity, ...(person.also ?? [])]
    }
    case "identity":
      return [request.before, request.after]
    case "preference":
      return request.identities
    default:
      return []
  }
}
