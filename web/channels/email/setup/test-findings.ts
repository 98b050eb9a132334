// What the test of a mailbox found, row by row, and what to do about what failed. Pure.
import type { Connection } from "../../../settings/connections/connection-queries.ts"
import type { Provider } from "./provider-presets.ts"

export type Verification = NonNullable<Connection["health"]["verification"]>

export const checkNames = ["out", "in", "plusAddress", "idSurvives", "authservId"] as const
export type CheckName = (typeof checkNames)[number]

/** `without`: it is not there, and the mailbox works all the same. `signedIn`: it could be read, and nothing was sent yet. */
export type CheckState = "ok" | "signedIn" | "failed" | "without" | "untested"

export function statesOf({ learnt, failure }: Verification): Record<CheckName, CheckState> {
  const optional = (name: CheckName): CheckState => {
    if (failure !== null) return "untested"
    return learnt[name] ? "ok" : "without"
  }
  const later = {
    plusAddress: optional("plusAddress"),
    idSurvives: optional("idSurvives"),
    authservId: optional("authservId"),
  }
  if (failure === null) return { out: "ok", in: "ok", ...later }
  if (failure.startsWith("smtp_")) return { out: "failed", in: "signedIn", ...later }
  return { out: learnt["out"] ? "ok" : "untested", in: "failed", ...later }
}

/** `password`: what the provider wants for one, in its own words. */
type Remedy = "password" | "wait" | "folder" | "imapServer" | "smtpServer" | "sending" | "notReturned"

// What the page itself can say better than the texts about a mailbox that is off.
const remedies: Record<string, Remedy> = {
  imap_login: "password",
  imap_throttled: "wait",
  imap_folder: "folder",
  imap_encryption: "imapServer",
  imap_plain_text: "imapServer",
  imap_certificate: "imapServer",
  imap_host: "imapServer",
  imap_port: "imapServer",
  imap_unreachable: "imapServer",
  imap_protocol: "imapServer",
  smtp_mail_login: "password",
  smtp_temporary: "wait",
  smtp_mail_encryption: "smtpServer",
  smtp_unreachable: "smtpServer",
  smtp_timeout: "smtpServer",
  not_returned: "notReturned",
}

/** The id of the text that says what to do. `has`: whether there is a text of an id. */
export function remedyFor(failure: string, provider: Provider, has: (id: string) => boolean): string {
  const remedy = remedies[failure]
  if (remedy === "password") return `mailbox.help.${provider}`
  const ofHealth = `mailbox.remedy.${failure}`
  return !remedy && has(ofHealth) ? ofHealth : `mailbox.fix.${remedy ?? "sending"}`
}
