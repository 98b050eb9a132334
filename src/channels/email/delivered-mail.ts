// What is stored of a mail that was fetched until it is received: where it lay, and where it is kept.
import { z } from "zod"
import type { ReadMail } from "./message/read-mail.ts"

/** Larger mails are not fetched; the ticket says so. */
export const largestMailBytes = 35 * 1024 * 1024

export const deliveredMail = z.object({
  folder: z.string(),
  uidValidity: z.int(),
  uid: z.int(),
  /** IMAP's INTERNALDATE: when the mailbox got it. What the sender says of the time decides nothing. */
  receivedAt: z.coerce.date(),
  size: z.int(),
  /** The mail as it came, in the file storage; null when it could not be fetched. */
  sha256: z.string().nullable(),
  /** `headers`: the mail is too large, and only its headers are kept. */
  kept: z.enum(["whole", "headers"]),
  /** It was there before the connection: nobody is notified, and nothing is answered. */
  isSilent: z.boolean(),
  /** Of one that could not be fetched: of whom it is, where its headers say so. */
  from: z.string().nullish(),
})
/** A mail without the bytes of its files. */
export type MailText = Omit<ReadMail, "files">

export type DeliveredMail = z.output<typeof deliveredMail>
