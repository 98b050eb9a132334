// Who a mail is from and to, which mail it answers, and what the mailbox's own server says of it.
import { cleanText } from "../clean-text.ts"
import type { MailAddress, ReadMail } from "../read-mail.ts"
import { authservIdOf, readAuthentication } from "./authentication-results.ts"
import { ownMailHeader } from "../tokens/own-mail-mark.ts"
import { firstValue, type HeaderField, valuesOf } from "./header-fields.ts"
import { firstAddress, parseAddresses } from "./mail-addresses.ts"
import { boundedIds, parseMessageIds } from "./message-ids.ts"

const mostRecipients = 200
const mostReplyTo = 20
const mostDelivered = 20
const mostFurtherIds = 10
const longestMark = 200

type HeaderFacts = Pick<
  ReadMail,
  | "messageId"
  | "furtherMessageIds"
  | "inReplyTo"
  | "references"
  | "from"
  | "sender"
  | "replyTo"
  | "to"
  | "cc"
  | "deliveredTo"
  | "xOriginalTo"
  | "xOriginalSender"
  | "returnPath"
  | "ownMailMark"
  | "date"
  | "authentication"
  | "authservId"
>

export function readHeaders(fields: readonly HeaderField[], authservId: string | null): HeaderFacts {
  const ids = (key: string) => [...new Set(valuesOf(fields, key).flatMap(parseMessageIds))]
  const [messageId = null, ...further] = ids("message-id")
  const addresses = (key: string, most: number) =>
    distinct(valuesOf(fields, key).flatMap((value) => parseAddresses(value, most)))
  const to = addresses("to", mostRecipients).slice(0, mostRecipients)
  const isNew = ({ address }: MailAddress) => !to.some((known) => known.address === address)
  const results = valuesOf(fields, "authentication-results")
  const from = firstAddress(firstValue(fields, "from"))
  return {
    messageId,
    furtherMessageIds: further.slice(0, mostFurtherIds),
    inReplyTo: boundedIds(ids("in-reply-to")),
    references: boundedIds(ids("references")),
    from,
    sender: firstAddress(firstValue(fields, "sender")),
    replyTo: addresses("reply-to", mostReplyTo).slice(0, mostReplyTo),
    to,
    cc: addresses("cc", mostRecipients).filter(isNew).slice(0, mostRecipients),
    deliveredTo: addresses("delivered-to", mostDelivered).slice(0, mostDelivered).map(addressOf),
    xOriginalTo: addresses("x-original-to", mostDelivered).slice(0, mostDelivered).map(addressOf),
    xOriginalSender: originalSender(fields, from),
    returnPath: returnPath(firstValue(fields, "return-path")),
    ownMailMark: firstValue(fields, ownMailHeader.toLowerCase())?.slice(0, longestMark) ?? null,
    date: dateOf(firstValue(fields, "date")),
    authentication: readAuthentication(results, authservId),
    authservId: results[0] === undefined ? null : authservIdOf(results[0]).slice(0, 255),
  }
}

const addressOf = ({ address }: MailAddress) => address

const distinct = (addresses: MailAddress[]) =>
  [...new Map(addresses.toReversed().map((one) => [one.address, one])).values()].toReversed()

/** Anybody can write this field: it counts where the list's own address stands in From, so that nobody else can be meant by that. */
function originalSender(fields: readonly HeaderField[], from: MailAddress | null): string | null {
  const named = (key: string, pattern: RegExp) =>
    valuesOf(fields, key).flatMap((value) => [...value.matchAll(pattern)].map(([, name]) => name!.toLowerCase()))
  // RFC 2369 §3.4 and RFC 2919 §2: the address to post to, and the list's name, which is made of it.
  const isOfList =
    from !== null &&
    (named("list-post", /mailto:([^>?\s]+)/gi).includes(from.address) ||
      named("list-id", /<([^<>]*)>/g).includes(from.address.replace("@", ".")))
  return isOfList ? (firstAddress(firstValue(fields, "x-original-sender"))?.address ?? null) : null
}

function returnPath(value: string | null): string | null {
  if (value === null) return null
  return firstAddress(value)?.address ?? ""
}

/** What PostgreSQL can keep, and no reader takes for an empty field. */
function dateOf(value: string | null): Date | null {
  const date = new Date(cleanText((value ?? "").slice(0, 100)).replace(/\([^()]*\)\s*$/, ""))
  const year = date.getUTCFullYear()
  return Number.isNaN(date.getTime()) || year < 1970 || year > 9_999 ? null : date
}
