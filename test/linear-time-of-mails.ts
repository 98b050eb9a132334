// Functions that take mails of strangers apart, for linear-time.test.ts.
import { foldHtml } from "../src/channels/email/message/body/fold-html.ts"
import { foldText } from "../src/channels/email/message/body/fold-text.ts"
import { forwardedFrom } from "../src/channels/email/message/body/forwarded-from.ts"
import { withFileKeys } from "../src/channels/email/message/body/mail-frame.ts"
import { safeStyle } from "../src/channels/email/message/body/safe-styles.ts"
import { sanitizeMailHtml, sanitizeStoredMailHtml } from "../src/channels/email/message/body/sanitize-mail-html.ts"
import { hasBounceWords, isBounceSubject, saysDelay } from "../src/channels/email/message/bounce/bounce-phrases.ts"
import { enhancedStatus, parseDeliveryStatus } from "../src/channels/email/message/bounce/delivery-status.ts"
import { recognizeBounce } from "../src/channels/email/message/bounce/recognize-bounce.ts"
import { cleanLine, cleanText } from "../src/channels/email/message/clean-text.ts"
import { authservIdOf } from "../src/channels/email/message/headers/authentication-results.ts"
import { parseHeaderFields } from "../src/channels/email/message/headers/header-fields.ts"
import { parseAddresses } from "../src/channels/email/message/headers/mail-addresses.ts"
import { parseMessageIds } from "../src/channels/email/message/headers/message-ids.ts"
import { ticketNumbersIn } from "../src/intake/mail-threads/suggest-tickets.ts"
import { readableText } from "../src/channels/email/salvage/readable-text.ts"

const answer = { isReply: true, isForward: false }
const daemon = [{ key: "from", value: "mailer-daemon@x.example" }]

export const mailFunctions: Record<string, (text: string) => unknown> = {
  "src/channels/email/message/body/fold-text.ts foldText": (text) => foldText(text, answer),
  "src/channels/email/message/body/forwarded-from.ts forwardedFrom": (text) => forwardedFrom(text, true),
  "src/channels/email/message/body/safe-styles.ts safeStyle": safeStyle,
  "src/channels/email/message/body/sanitize-mail-html.ts sanitizeMailHtml": (text) =>
    foldHtml(
      sanitizeMailHtml(text, () => null),
      answer,
    ),
  "src/channels/email/message/body/sanitize-mail-html.ts sanitizeStoredMailHtml": sanitizeStoredMailHtml,
  "src/channels/email/message/body/mail-frame.ts withFileKeys": (text) => withFileKeys(text, ["key"]),
  "src/channels/email/message/bounce/bounce-phrases.ts hasBounceWords": hasBounceWords,
  "src/channels/email/message/bounce/bounce-phrases.ts isBounceSubject": isBounceSubject,
  "src/channels/email/message/bounce/bounce-phrases.ts saysDelay": saysDelay,
  "src/channels/email/message/bounce/delivery-status.ts enhancedStatus": enhancedStatus,
  "src/channels/email/message/bounce/delivery-status.ts parseDeliveryStatus": parseDeliveryStatus,
  "src/channels/email/message/bounce/recognize-bounce.ts recognizeBounce": (text) =>
    recognizeBounce({ fields: daemon, subject: "failure notice", text, parts: [{ mimeType: "message/rfc822", text }] }),
  "src/channels/email/message/clean-text.ts cleanLine": (text) => cleanLine(text, 1e6),
  "src/channels/email/message/clean-text.ts cleanText": cleanText,
  "src/channels/email/message/headers/authentication-results.ts authservIdOf": authservIdOf,
  "src/channels/email/message/headers/header-fields.ts parseHeaderFields": parseHeaderFields,
  "src/channels/email/message/headers/mail-addresses.ts parseAddresses": (text) => parseAddresses(text, 200),
  "src/channels/email/message/headers/message-ids.ts parseMessageIds": parseMessageIds,
  "src/intake/mail-threads/suggest-tickets.ts ticketNumbersIn": ticketNumbersIn,
  "src/channels/email/salvage/readable-text.ts readableText": (text) => readableText(Buffer.from(text)),
}
