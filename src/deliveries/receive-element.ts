// One element of a webhook, from what the channel calls things to what we call them, and in.
import { foldedLine } from "#kernel/http/input-fields.ts"
import { inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/http/request-transaction.ts"
import {
  type ChannelAddress,
  classifySendFailure,
  type WebhookElement,
  phoneNumberIdOf,
  type ParsedMessage,
  type ParsedReport,
  parseElement,
  type TemplateChange,
} from "#channels/index.ts"
import { changeTemplate, accountOfPhoneNumber, accountsOfApp, type WhatsAppAccount } from "#connections/index.ts"
import {
  type Identity,
  identityOf,
  type MarketingPreference,
  saveMarketingPreference,
  storedIdentityIds,
} from "#contacts/index.ts"
import { changeIdentity, type InboundMessage, receiveMessage } from "#intake/index.ts"
import { applyReport } from "#messages/index.ts"
import { formatText } from "#texts/format-text.ts"

/** What an element asks for, once we know whose number it is. */
export type ElementRequest =
  | { type: "message"; inbound: InboundMessage }
  | { type: "report"; connectionId: string; report: ParsedReport }
  | { type: "identity"; before: Identity; after: Identity }
  | { type: "template"; connectionIds: string[]; wabaId: string; change: TemplateChange }
  | { type: "preference"; identities: Identity[]; wish: MarketingPreference }
  | { type: "ignored"; because: string }

/** Now, and the place the element took when it came, if it waited since. */
export type ArrivalTime = { now: Date; position?: number }

/** Throws when the element does not have the shape that its type has. */
export function toRequest(
  element: WebhookElement,
  by: WhatsAppAccount,
  all: WhatsAppAccount[],
  came: ArrivalTime,
): ElementRequest {
  const number = phoneNumberIdOf(element)
  const connection = number === null ? by : accountOfPhoneNumber(by, all, number)
  if (!connection) return { type: "ignored", because: "unknown_number" }
  const taken = parseElement(element, (id, values) => formatText(connection.language, id, values))
  const scope = connection.portfolioId ?? (element.waba || connection.id)
  switch (taken.type) {
    case "message":
      return { type: "message", inbound: inboundOf(connection.id, scope, taken.message, came) }
    case "report":
      return { type: "report", connectionId: connection.id, report: taken.report }
    case "identity":
      return { type: "identity", before: identity(taken.before, scope), after: identity(taken.after, scope) }
    case "template": {
      const connectionIds = accountsOfApp(by, all).map(({ id }) => id)
      return { type: "template", connectionIds, wabaId: element.waba, change: taken.change }
    }
    case "preference": {
      const { addresses, wantsMarketing: wants, at } = taken.preference
      const wish = { wants, by: "channel", at: at ?? came.now } as const
      return { type: "preference", identities: addresses.map((address) => identity(address, scope)), wish }
    }
    default:
      return taken
  }
}

function inboundOf(
  connectionId: string,
  scope: string,
  read: ParsedMessage,
  { now, position }: ArrivalTime,
): InboundMessage {
  const [first, ...also] = read.addresses.map((address) => identity(address, scope))
  const group = read.group && identityOf(read.group.id, { kind: "group", scope: connectionId })
  if (!first || (read.group && !group)) throw new Error("nobody can be written to there")
  return {
    connectionId,
    externalId: read.externalId,
    kind: read.kind,
    direction: read.direction,
    person: { identity: first, also, name: foldedLine(read.name, 200) },
    group: group && read.group ? { identity: group, name: foldedLine(read.group.name, 200) } : null,
    address: group && read.group ? read.group.id : read.addresses[0]!.value,
    ...(position !== undefined && { position }),
    text: read.text,
    files: read.files,
    // A clock that runs ahead must not put a message into the future, where it would stay the last one.
    sentAt: read.sentAt && new Date(Math.min(read.sentAt.getTime(), now.getTime())),
    replyTo: read.replyTo,
    categoryIds: null,
    campaignShipmentId: null,
    assigneeId: null,
    bot: false,
  }
}

function identity({ kind, value }: ChannelAddress, scope: string): Identity {
  const known = identityOf(value, { kind, scope: kind === "bsuid" ? scope : "" })
  if (!known) throw new Error(`not a ${kind}`)
  return known
}

/** `early`: it is about a message that we do not have; it may be on its way. */
export type ElementOutcome = "taken" | "ignored" | "early"

/** Takes one element in, in a transaction of its own. The same element again changes nothing. */
export async function receiveElement(kit: Kit, wanted: ElementRequest): Promise<ElementOutcome> {
  const once = { actor: system, now: kit.now() }
  switch (wanted.type) {
    case "message": {
      const { decision } = await receiveMessage(kit, system, wanted.inbound)
      if (decision.action !== "ignored") return "taken"
      return wanted.inbound.replyTo !== null && wanted.inbound.direction === "in" ? "early" : "ignored"
    }
    case "report":
      await inTransaction(kit.db, once, (act) => applyReport(act, reportOf(wanted, once.now)))
      return "taken"
    case "identity":
      return (await inTransaction(kit.db, once, (act) => changeIdentity(act, wanted.before, wanted.after)))
        ? "taken"
        : "ignored"
    case "preference":
      return inTransaction(kit.db, once, async (act) => {
        const ids = await storedIdentityIds(act, wanted.identities)
        await saveMarketingPreference(act, ids, wanted.wish)
        return ids.length > 0 ? "taken" : "ignored"
      })
    case "template":
      return (await inTransaction(kit.db, once, (act) => changeTemplate(act, wanted))) ? "taken" : "ignored"
    default:
      return "ignored"
  }
}

export function reportOf({ connectionId, report }: Extract<ElementRequest, { type: "report" }>, now: Date) {
  const { callback, at, ...rest } = report
  const failed = report.status === "failed" ? classifySendFailure({ code: report.code, httpStatus: null }) : null
  return {
    ...rest,
    connectionId,
    at: at ?? now,
    reason: failed?.reasonCode ?? null,
    failureClass: failed?.class ?? null,
    messageId: callback,
  }
}
