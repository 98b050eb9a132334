// Why a mailbox was not read, as it is stored and shown.
import { faultOf, Refusal } from "#kernel/errors.ts"
import { type ImapFault, imapFaultOf } from "../imap-fault.ts"

/** `disk_full`, `storage`: mails have no place with us just now, and the mail server is not at fault. */
export type MailboxFailure = Omit<ImapFault, "kind"> & { kind: ImapFault["kind"] | "disk_full" | "storage" }

export function mailboxFailureOf(error: unknown): MailboxFailure {
  const fault = faultOf(error)
  if (fault === "full" || (error instanceof Refusal && error.code === "disk_full")) return { kind: "disk_full" }
  return fault === "weak" || error instanceof Refusal ? { kind: "storage" } : imapFaultOf(error)
}
