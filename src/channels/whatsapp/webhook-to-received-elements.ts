// What a webhook's elements mean, and for which number.
import { formatText } from "#texts/format-text.ts"
import type { ChannelAccount, DeliveryReader } from "../channel.ts"
import type { ChannelAddress, ReceivedElement } from "../received-messages-and-reports.ts"
import { accountOfPhoneNumber, accountsOfApp } from "./channel-account-of-number.ts"
import type { ParsedAddress } from "./parsed-message.ts"
import { parseElement, type ParsedReport, phoneNumberIdOf, splitWebhook, type WebhookElement } from "./parse-webhook.ts"
import { classifySendFailure } from "./classify-send-failure.ts"

export const receive: DeliveryReader = {
  split: (body) => splitWebhook(JSON.parse(body, (_, value: unknown) => storable(value))),
  read: (element, by, all) => readElement(element as WebhookElement, by, all),
}

// PostgreSQL stores neither NUL nor half a surrogate pair.
const storable = (value: unknown) => (typeof value === "string" ? value.toWellFormed().replaceAll("\0", "") : value)

function readElement(element: WebhookElement, by: ChannelAccount, all: ChannelAccount[]): ReceivedElement {
  const number = phoneNumberIdOf(element)
  const account = number === null ? by : accountOfPhoneNumber(by, all, number)
  if (!account) return { type: "ignored", because: "unknown_number" }
  const { id: connectionId, settings } = account
  const language = settings["language"] === "en" ? "en" : "es"
  const parsed = parseElement(element, (id, values) => formatText(language, id, values))
  const scoped = addressOf(element, account)
  switch (parsed.type) {
    case "message": {
      const { message } = parsed
      return { type: "message", connectionId, message: { ...message, addresses: message.addresses.map(scoped) } }
    }
    case "report":
      return { type: "report", connectionId, report: reportOf(parsed.report) }
    case "identity":
      return { type: "identity", before: scoped(parsed.before), after: scoped(parsed.after) }
    case "template": {
      const ofAccount = accountsOfApp(by, all).filter(({ settings: { wabaId } }) => wabaId === element.waba)
      return { type: "template", connectionIds: ofAccount.map(({ id }) => id), change: parsed.change }
    }
    case "preference": {
      const { addresses, ...wish } = parsed.preference
      return { type: "preference", addresses: addresses.map(scoped), ...wish }
    }
    default:
      return parsed
  }
}

/** The channel's own id of a person is the same in all accounts of one portfolio. */
function addressOf({ waba }: WebhookElement, { id, settings }: ChannelAccount) {
  const portfolio = settings["portfolioId"]
  const scope = typeof portfolio === "string" ? portfolio : waba || id
  return ({ kind, value }: ParsedAddress): ChannelAddress => ({ kind, value, scope: kind === "bsuid" ? scope : "" })
}

function reportOf({ callback, ...report }: ParsedReport) {
  const failure = report.status === "failed" ? classifySendFailure({ code: report.code, httpStatus: null }) : null
  return {
    ...report,
    reason: failure?.reasonCode ?? null,
    failureClass: failure?.class ?? null,
    messageId: callback,
  }
}
