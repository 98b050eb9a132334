// Mails that machines wrote (RFC 3834 and what is customary beside it): they get no automatic text, or two desks would write to each
// other for ever.
import type { AutomaticMail, MailAddress } from "../read-mail.ts"
import { firstValue, type HeaderField } from "./header-fields.ts"

/** Every automatic text of Hilo bears it, with the desk's own instance id. */
export const loopHeader = "X-Hilo-Loop"

type MailFacts = {
  fields: readonly HeaderField[]
  from: MailAddress | null
  subject: string
  isDeliveryReport: boolean
}

export function detectAutomatic({ fields, from, subject, isDeliveryReport }: MailFacts): AutomaticMail {
  if (isDeliveryReport) return { kind: "bounce", because: "delivery-report" }
  const value = (key: string) => firstValue(fields, key)?.trim().toLowerCase() ?? null
  const reportType = /\breport-type\s*=\s*"?([\w-]+)/.exec(value("content-type") ?? "")?.[1]
  if (reportType === "disposition-notification") return { kind: "read_receipt", because: "report-type" }
  const absence = absenceSign(value, subject)
  if (absence) return { kind: "out_of_office", because: absence }
  const list = ["list-id", "list-unsubscribe", "list-post"].find((key) => value(key) !== null)
  if (list) return { kind: "list", because: list }
  if (/^list\b/.test(value("precedence") ?? "")) return { kind: "list", because: "precedence" }
  const sign = machineSign(value, from)
  return sign ? { kind: "auto", because: sign } : { kind: "none", because: null }
}

type Value = (key: string) => string | null

function absenceSign(value: Value, subject: string): string | null {
  if (/^auto-replied\b/.test(value("auto-submitted") ?? "")) return "auto-submitted"
  if (/^auto_reply\b/.test(value("precedence") ?? "")) return "precedence"
  const header = ["x-autoreply", "x-autorespond", "x-autoresponse"].find((key) => !/^(no)?$/.test(value(key) ?? ""))
  if (header) return header
  return absenceSubject.test(subject) ? "subject" : null
}

// As Exchange, Gmail and the vacation programs begin the subject, in the languages that customers of a desk write.
const absenceSubject = new RegExp(
  `^\\s*(?:${[
    "respuesta autom[aá]tica",
    "automatic reply",
    "auto-?reply",
    "auto(?:matic|mated)? response",
    "out of (?:the )?office(?: auto-?reply)?",
    "fuera de (?:la )?oficina",
    "r[eé]ponse automatique",
    "resposta autom[aá]tica",
    "risposta automatica",
    "automatische antwort",
    "abwesenheitsnotiz",
  ].join("|")})\\s*(?::|$)`,
  "iu",
)

function machineSign(value: Value, from: MailAddress | null): string | null {
  if (!/^(no\b.*)?$/.test(value("auto-submitted") ?? "")) return "auto-submitted"
  if (/^(bulk|junk)\b/.test(value("precedence") ?? "")) return "precedence"
  const header = ["x-auto-response-suppress", "x-failed-recipients", loopHeader.toLowerCase()].find(
    (key) => value(key) !== null,
  )
  if (header) return header
  if (/^<\s*>$/.test(value("return-path") ?? "")) return "return-path"
  if (/^multipart\/report\b/.test(value("content-type") ?? "")) return "content-type"
  return from && machineAddress.test(from.address) ? "from" : null
}

const machineAddress = /^(?:mailer-?daemon|postmaster|no-?_?reply|do-?_?not-?_?reply|no-?_?respond(?:er|a)?)\b[^@]*@/
