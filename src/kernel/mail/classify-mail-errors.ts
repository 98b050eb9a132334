// What a failed try says of the mail: only an address that does not exist makes every other try useless. A changed password,
// a relay that does not know us, a full queue are faults of the account or the server, and pass.

/** As nodemailer throws it; `mayHaveArrived` is said by mailboxes. */
type Fault = { code?: string; responseCode?: number; response?: string; command?: string; mayHaveArrived?: boolean }

// RFC 3463: X.1.1 mailbox, X.1.2 system, X.1.3 syntax, X.1.6 moved, X.1.10 null MX: what the recipient's address itself is.
const badAddress = /^5\d\d[ -]5\.1\.(?:[1236]|10)\b/

/** Ids and numbers only: the server's words may repeat the address. */
export const mailErrorCode = (error: unknown): string =>
  String((error as Fault).responseCode ?? (error as Fault).code ?? "unknown")

/** Without an enhanced code a 550 may as well mean that the server relays nothing of ours: that is no refusal. */
export function isInvalidRecipient(error: unknown): boolean {
  const { command, response } = error as Fault
  return command === "RCPT TO" && response !== undefined && badAddress.test(response)
}

/** The whole mail had left when the answer was lost: only a person has it sent again. */
export const mayHaveArrived = (error: unknown): boolean => (error as Fault).mayHaveArrived === true
