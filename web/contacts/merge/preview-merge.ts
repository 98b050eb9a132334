// What a merge of two contacts will do, by the rules of the server (src/contacts/merge, src/intake/identities).
import type { ListedTicket } from "../../tickets/ticket.ts"
import type { Contact } from "../contact-query.ts"

export type MergePreview = {
  /** Addresses that the one who stays gets, as far as people can read them. */
  gained: string[]
  /** What the one who stays does not say of itself and takes from the other. */
  filled: ("field.name" | "details.tier" | "details.language" | "contact.note" | "details.fields")[]
  /** On how many connections both have an open conversation: there the two become one. */
  uniting: number
}

type Conversation = Pick<ListedTicket, "connection">

/** `moving` and `staying`: their open conversations. */
export function previewMerge(
  from: Contact,
  into: Contact,
  moving: readonly Conversation[],
  staying: readonly Conversation[],
): MergePreview {
  const [one, other] = [connectionsOf(moving), connectionsOf(staying)]
  return {
    gained: from.identities.flatMap(({ kind, value }) => (kind === "phone" || kind === "email" ? [value] : [])),
    filled: [
      ...(into.name === "" && from.name !== "" ? (["field.name"] as const) : []),
      ...(into.tier === null && from.tier !== null ? (["details.tier"] as const) : []),
      ...(into.language === null && from.language !== null ? (["details.language"] as const) : []),
      ...(from.note === "" ? [] : (["contact.note"] as const)),
      ...(Object.keys(from.customFields).some((key) => !(key in into.customFields))
        ? (["details.fields"] as const)
        : []),
    ],
    uniting: [...one].filter((id) => other.has(id)).length,
  }
}

const connectionsOf = (conversations: readonly Conversation[]) =>
  new Set(conversations.flatMap(({ connection }) => (connection ? [connection.id] : [])))
