// A mailbox writes to itself and reads that back: what arrives, and how it looks then, says all that we must know of it.
import { newId, newSecret } from "#kernel/ids.ts"
import { formatText } from "#texts/format-text.ts"
import type { Language } from "#texts/languages-and-text-ids.ts"
import type { ChannelAccount, Verification } from "../../channel.ts"
import { composeRaw, ownId } from "../compose-mail.ts"
import { imapFaultOf } from "../imap-fault.ts"
import { openMailbox, type OpenMailbox } from "../open-mailbox.ts"
import { replyAddress } from "../message/tokens/address-token.ts"
import { submitMail, submitMails } from "../send-mail.ts"
import { mailboxOf } from "../settings.ts"
import { readReturnedMail, type ReturnedMail, type WayBack } from "./read-returned-mail.ts"

// A proxy in front of us may give up after a minute.
const longestWaitMs = 30_000
/** How long the other mails may take to leave. */
const othersSendMs = 20_000
/** How long the other mails may come after the first. */
const othersWaitMs = 5_000
// It has limits of its own.
const untilClosed = new AbortController().signal

export async function verifyMailbox(account: ChannelAccount, language: Language): Promise<Verification> {
  const nothing = {
    in: false,
    out: false,
    plusAddress: false,
    nullSender: false,
    idSurvives: false,
    authservId: null,
    aliases: [],
  }
  const settings = mailboxOf(account)
  const opened = await openMailbox(account, untilClosed).catch((error: unknown) => imapFaultOf(error))
  if ("kind" in opened) return { learnt: nothing, failure: `imap_${opened.kind}` }
  try {
    const sent = await sendAll(account, language)
    if (sent.failure !== null) return { learnt: { ...nothing, in: true }, failure: sent.failure }
    const returned = await waitForAll(opened, sent)
    return judge(returned, sent.messageId, settings.aliases ?? [])
  } catch (error) {
    return { learnt: { ...nothing, out: true }, failure: `imap_${imapFaultOf(error).kind}` }
  } finally {
    opened.close()
  }
}

/**
 * One to the address itself, one to it with a token, one with a null Return-Path, and one from each alias to that alias: many providers
 * take all, and some refuse what comes after the first, or write another From. All but the first share a session: each login more might be
 * one too many.
 */
async function sendAll(account: ChannelAccount, language: Language) {
  const { address, aliases = [] } = mailboxOf(account)
  const nonce = newSecret("", 12)
  const messageId = newId("msg")
  const text = formatText(language, "verification.mail.text", { address })
  const compose = async (to: string, way: WayBack, id: string, sender = address, envelopeFrom = address) => {
    const subject = formatText(language, "verification.mail.subject")
    const headers = { "X-Hilo-Verification": `${nonce} ${way}`, "Auto-Submitted": "auto-generated" }
    const raw = await composeRaw(account, {
      to: [{ name: "", address: to }],
      subject,
      text,
      messageId: id,
      headers,
      sender,
    })
    return { raw, envelope: { from: envelopeFrom, to: [to] } }
  }
  const outcome = await submitMail(account, await compose(address, "plain", messageId))
  const tokened = replyAddress(account.deskSecrets, address, newId("mth"))
  if (outcome.state !== "sent")
    return { nonce, failure: `smtp_${"why" in outcome ? outcome.why : ""}`, sent: 0, messageId: "" }
  const others = [
    ...(tokened === null ? [] : [await compose(tokened, "plus", newId("msg"))]),
    await compose(address, "null", newId("msg"), address, ""),
  ]
  for (const [n, alias] of aliases.entries()) others.push(await compose(alias, `alias${n}`, newId("msg"), alias))
  const sent = 1 + (await submitMails(account, others, AbortSignal.timeout(othersSendMs)))
  return { nonce, failure: null, sent, messageId: ownId(account, messageId) }
}

async function waitForAll(
  opened: OpenMailbox,
  { nonce, sent }: { nonce: string; sent: number },
): Promise<ReturnedMail[]> {
  const returned: ReturnedMail[] = []
  const start = performance.now()
  let [last, until] = [opened.uidNext - 1, start + longestWaitMs]
  const isWhole = () => new Set(returned.map(({ way }) => way)).size === sent
  for (;;) {
    for (const uid of await opened.uidsAfter(last)) {
      const headers = await opened.readHeaders(uid)
      const mail = headers && readReturnedMail(headers.toString("latin1"), nonce)
      if (mail) returned.push(mail)
      if (mail?.way === "plain") until = Math.min(until, performance.now() + othersWaitMs)
      last = uid
    }
    const left = until - performance.now()
    if (isWhole() || left <= 0) return returned
    await opened.waitForMail(Math.min(left, 5_000), untilClosed)
  }
}

function judge(returned: readonly ReturnedMail[], messageId: string, aliases: readonly string[]): Verification {
  const plain = returned.find(({ way }) => way === "plain")
  const plusAddress = returned.some(({ way }) => way === "plus")
  const learnt = {
    in: plain !== undefined,
    out: true,
    plusAddress,
    nullSender: returned.some(({ way }) => way === "null"),
    idSurvives: plain?.messageId === messageId,
    authservId: plain?.authservId ?? null,
    aliases: aliases.filter((alias, n) => returned.some(({ way, from }) => way === `alias${n}` && isFrom(from, alias))),
  }
  return { learnt, failure: plain ? null : "not_returned" }
}

/** Some providers write the account's own address there. */
const isFrom = (from: string, address: string) => from === address || from.endsWith(`<${address}>`)
