// One element of a delivery, from what its channel says to what we do.
import { foldedLine } from "#kernel/http/input-fields.ts"
import { inTransaction, system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import {
  type ChannelAccount,
  type ChannelAddress,
  type ChannelMessage,
  type ChannelReport,
  channels,
  type ReceivedElement,
  type TemplateChange,
} from "#channels/index.ts"
import { changeTemplate } from "#connections/index.ts"
import {
  type Identity,
  identityOf,
  type MarketingPreference,
  saveMarketingPreference,
  storedIdentityIds,
} from "#contacts/index.ts"
import { changeIdentity, type InboundMessage, plainMessage, receiveUnshown } from "#intake/index.ts"
import { applyBounces, applyReport, type Report } from "#messages/index.ts"

/** What an element asks for. */
export type ElementRequest =
  | { type: "message"; inbound: InboundMessage; bounces?: Report[] }
  | { type: "bounce"; bounces: Report[] }
  | { type: "report"; report: Report }
  | { type: "identity"; before: Identity; after: Identity }
  | { type: "template"; connectionIds: string[]; change: TemplateChange }
  | { type: "preference"; identities: Identity[]; wish: MarketingPreference }
  | { type: "ignored"; because: string }

/** Now, and the place the element took when it came, if it waited since. */
export type ArrivalTime = { now: Date; position?: number }

/** What the element that came by `by` asks for. Throws when it does not have the shape that its type has. */
export function toRequest(
  element: object,
  by: ChannelAccount,
  accounts: ChannelAccount[],
  came: ArrivalTime,
): ElementRequest {
  const all = accounts.filter(({ kind }) => kind === by.kind)
  return requestOf(channels[by.kind]!.receive!.read(element, by, all), came)
}

/** The same of an element that may stand for a file, which is read first; no transaction may be open. */
export async function loadRequest(
  { storage }: Pick<Kit, "storage">,
  element: object,
  by: ChannelAccount,
  accounts: ChannelAccount[],
  came: ArrivalTime,
): Promise<ElementRequest> {
  const { load } = channels[by.kind]!.receive!
  return toRequest(load ? await load(element, by, storage) : element, by, accounts, came)
}

function requestOf(received: ReceivedElement, came: ArrivalTime): ElementRequest {
  switch (received.type) {
    case "message": {
      const { connectionId, message, bounces } = received
      const inbound = inboundOf(connectionId, message, came)
      return { type: "message", inbound, ...(bounces && { bounces: reportsOf(connectionId, bounces, came) }) }
    }
    case "bounce":
      return { type: "bounce", bounces: reportsOf(received.connectionId, received.bounces, came) }
    case "report":
      return { type: "report", report: reportOf(received.connectionId, received.report, came) }
    case "identity":
      return { type: "identity", before: identity(received.before), after: identity(received.after) }
    case "preference": {
      const { addresses, wantsMarketing: wants, at } = received
      return {
        type: "preference",
        identities: addresses.map(identity),
        wish: { wants, by: "channel", at: at ?? came.now },
      }
    }
    default:
      return received
  }
}

const reportOf = (connectionId: string, report: ChannelReport, { now }: ArrivalTime): Report => ({
  ...report,
  connectionId,
  at: report.at ?? now,
})

const reportsOf = (connectionId: string, reports: ChannelReport[], came: ArrivalTime): Report[] =>
  reports.map((report) => reportOf(connectionId, report, came))

export function inboundOf(connectionId: string, read: ChannelMessage, { now, position }: ArrivalTime): InboundMessage {
  const [first, ...also] = read.addresses.map(identity)
  const group = read.group && identityOf(read.group.id, { kind: "group", scope: connectionId })
  if (!first || (read.group && !group)) throw new Error("nobody can be written to there")
  return {
    ...plainMessage,
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
    ...(read.mail && { mail: read.mail }),
  }
}

function identity({ kind, value, scope }: ChannelAddress): Identity {
  const known = identityOf(value, { kind, scope })
  if (!known) throw new Error(`not a ${kind}`)
  return known
}

/** `early`: it is about a message that we do not have; it may be on its way. */
export type ElementOutcome = "taken" | "ignored" | "early"

/** Takes one element in, in a transaction of its own. The same element again changes nothing. */
export async function receiveElement(kit: Kit, request: ElementRequest): Promise<ElementOutcome> {
  const once = { actor: system, now: kit.now() }
  switch (request.type) {
    case "message": {
      const decision = await receiveUnshown(kit, system, request.inbound)
      const { bounces = [] } = request
      // Should we die before this, the same element comes again, and its message is known.
      if (bounces.length > 0) await inTransaction(kit.db, once, (act) => applyBounces(act, bounces))
      if (decision.action !== "ignored") return "taken"
      return request.inbound.replyTo !== null && request.inbound.direction === "in" ? "early" : "ignored"
    }
    case "bounce":
      return (await inTransaction(kit.db, once, (act) => applyBounces(act, request.bounces))) ? "taken" : "ignored"
    case "report":
      await inTransaction(kit.db, once, (act) => applyReport(act, request.report))
      return "taken"
    case "identity":
      return (await inTransaction(kit.db, once, (act) => changeIdentity(act, request.before, request.after)))
        ? "taken"
        : "ignored"
    case "preference":
      return inTransaction(kit.db, once, async (act) => {
        const ids = await storedIdentityIds(act, request.identities)
        await saveMarketingPreference(act, ids, request.wish)
        return ids.length > 0 ? "taken" : "ignored"
      })
    case "template":
      return (await inTransaction(kit.db, once, (act) => changeTemplate(act, request.connectionIds, request.change)))
        ? "taken"
        : "ignored"
    default:
      return "ignored"
  }
}
