// What was fetched, from the file storage into the rows that are received: mails and cursor in one transaction, if the mailbox is still
// this server's.
import { transact } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { type FileDelivery, storeFileDeliveries } from "#incoming-webhooks/index.ts"
import type { DeliveredMail } from "../delivered-mail.ts"
import type { KeptMail } from "../keep-mail.ts"
import type { MailFacts, OpenMailbox } from "../open-mailbox.ts"
import { isSilent } from "./mails-before-connection.ts"
import { type Lease, saveCursor } from "./mailbox-store.ts"

export type Fetching = {
  kit: Pick<Kit, "db" | "now" | "storage">
  mailbox: OpenMailbox
  folder: string
  lease: Lease
  /** Mails up to this one were there before the connection. */
  silentUid: number
  /** When the mailbox began to be followed. */
  begunAt: Date
  /** Aborted when it is to end: what fails then says nothing of any mail. */
  ended: AbortSignal
}

/** `from`, `failed`: of one that could not be fetched. */
export type FetchedMail = MailFacts & KeptMail & Pick<DeliveredMail, "from"> & Pick<FileDelivery, "position" | "failed">

/** By what a mail of the folder is known before it is read. Where ids of mails do not last (0), they alone say nothing. */
export function keyOf(
  { folder, mailbox }: Pick<Fetching, "folder" | "mailbox">,
  { uid, size, receivedAt }: MailFacts,
): string {
  const { uidValidity } = mailbox
  return uidValidity === 0
    ? `0 ${uid} ${size} ${receivedAt?.toISOString()} ${folder}`
    : `${uidValidity} ${uid} ${folder}`
}

/** Mails in rising order of their ids: the cursor moves to the last of them. Throws `LeaseLost`, and stores none of them then. */
export async function storeMails(
  fetching: Fetching,
  mails: readonly FetchedMail[],
  { movesCursor }: { movesCursor: boolean },
): Promise<void> {
  const last = mails.at(-1)
  if (!last) return
  const { kit, lease } = fetching
  const now = kit.now()
  const deliveries = mails.map((mail) => toDelivery(fetching, mail, now))
  await transact(kit.db, async (tx) => {
    if (movesCursor) await saveCursor(tx, lease, last.uid)
    await storeFileDeliveries(tx, deliveries)
  })
}

function toDelivery(
  fetching: Fetching,
  { uid, size, receivedAt, position, failed, ...content }: FetchedMail,
  now: Date,
): FileDelivery {
  const { lease, folder, mailbox } = fetching
  const mail: DeliveredMail = {
    folder,
    uidValidity: mailbox.uidValidity,
    uid,
    size,
    receivedAt: receivedAt ?? now,
    isSilent: isSilent(fetching, { uid, receivedAt }),
    ...content,
  }
  const key = keyOf(fetching, { uid, size, receivedAt })
  const body = JSON.stringify(mail)
  return { connectionId: lease.connectionId, key, body, fileSha256: content.sha256, now, position, failed }
}
