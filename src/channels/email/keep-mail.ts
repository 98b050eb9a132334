// Brings a mail from the mailbox into the file storage.
import { Readable } from "node:stream"
import { type FileStorage, FileTooLong } from "#kernel/storage/file-storage.ts"
import { type DeliveredMail, largestMailBytes } from "./delivered-mail.ts"
import { parseHeaderFields, firstValue } from "./message/headers/header-fields.ts"
import { firstAddress } from "./message/headers/mail-addresses.ts"
import type { MailFacts, OpenMailbox } from "./open-mailbox.ts"

export type KeptMail = Pick<DeliveredMail, "sha256" | "kept">

/** Of a mail that is too large, also where the mailbox says a smaller size, only the headers. Throws where it gives nothing. */
export async function keepMail(
  storage: FileStorage,
  mailbox: OpenMailbox,
  { uid, size }: Pick<MailFacts, "uid" | "size">,
): Promise<KeptMail & { sha256: string }> {
  if (size <= largestMailBytes)
    try {
      return { sha256: await put(storage, await mailbox.read(uid)), kept: "whole" }
    } catch (error) {
      if (!(error instanceof FileTooLong)) throw error
    }
  const headers = await mailbox.readHeaders(uid)
  return { sha256: await put(storage, headers && Readable.from([headers])), kept: "headers" }
}

async function put(storage: FileStorage, bytes: Readable | null): Promise<string> {
  if (bytes === null) throw new Error("the mailbox gives no mail")
  const { sha256, size } = await storage.put(bytes, largestMailBytes)
  if (size === 0) throw new Error("the mailbox gives an empty mail")
  return sha256
}

const longestHeader = 65_536

/** Of whom a mail is that cannot be had, where its headers can. */
export async function senderOf(mailbox: OpenMailbox, uid: number): Promise<string | null> {
  const headers = await mailbox.readHeaders(uid).catch(() => null)
  const fields = parseHeaderFields((headers ?? Buffer.alloc(0)).subarray(0, longestHeader).toString("latin1"))
  return firstAddress(firstValue(fields, "from"))?.address ?? null
}
