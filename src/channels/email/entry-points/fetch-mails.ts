// Fetches what a mailbox has and Hilo has not. A mail is in the file storage first; then one transaction stores that it is there and moves
// the cursor, if the mailbox is still this server's. A server that dies before that leaves the mail to be fetched again; after it, it is as
// safe as a webhook that was answered.
import { Readable } from "node:stream"
import { transact } from "#kernel/act.ts"
import { faultOf, Refusal } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import { storeFileDelivery, unknownKeys } from "#incoming-webhooks/index.ts"
import { type DeliveredMail, largestMailBytes } from "../delivered-mail.ts"
import type { MailFacts, OpenMailbox } from "../open-mailbox.ts"
import { countStuckTry, type Lease, LeaseLost, saveCursor } from "./mailbox-store.ts"

// Facts of so many mails are asked for at once.
const page = 100
const mostTries = 5

export type Fetching = {
  kit: Pick<Kit, "db" | "now" | "storage">
  mailbox: OpenMailbox
  folder: string
  lease: Lease
  /** Mails up to this one were there before the connection. */
  silentUid: number
}

/** Fetches all mails above the cursor; gives the new cursor. Throws what kept it from going on, and `LeaseLost`. */
export async function fetchNewMails(fetching: Fetching, cursor: number): Promise<number> {
  let last = cursor
  for (const uids of pagesOf(await fetching.mailbox.uidsAfter(last))) {
    for (const facts of await fetching.mailbox.describe(uids)) {
      await fetchOrGiveUp(fetching, facts)
      last = facts.uid
    }
    // What was removed between the two looks has nothing to store.
    if (uids.at(-1)! > last) await moveCursor(fetching, uids.at(-1)!)
    last = uids.at(-1)!
  }
  return last
}

/** Fetches those of these mails that were never fetched; the cursor stays where it is. */
export async function fetchUnknownMails(fetching: Fetching, uids: readonly number[]): Promise<void> {
  const { kit, lease, mailbox } = fetching
  for (const some of pagesOf(uids)) {
    const unknown = await unknownKeys(
      kit.db,
      lease.connectionId,
      some.map((uid) => keyOf(fetching, uid)),
    )
    const missed = some.filter((uid) => unknown.has(keyOf(fetching, uid)))
    for (const facts of await mailbox.describe(missed)) await store(fetching, facts, await keep(fetching, facts), null)
  }
}

/** By what a mail of the folder is known before it is read. */
const keyOf = ({ folder, mailbox }: Fetching, uid: number) => `${mailbox.uidValidity} ${uid} ${folder}`

function* pagesOf(uids: readonly number[]) {
  for (let from = 0; from < uids.length; from += page) yield uids.slice(from, from + page)
}

const moveCursor = ({ kit, lease }: Fetching, uid: number) => transact(kit.db, (tx) => saveCursor(tx, lease, uid))

/** One mail that cannot be fetched must not keep the others back: after some tries it is stored as one that people have to look at. */
async function fetchOrGiveUp(fetching: Fetching, facts: MailFacts): Promise<void> {
  try {
    await store(fetching, facts, await keep(fetching, facts), facts.uid)
  } catch (error) {
    // A full disk, files or a database that are away and a server that was replaced say nothing of this mail.
    if (error instanceof LeaseLost || isOurFault(error)) throw error
    if ((await countStuckTry(fetching.kit.db, fetching.lease)) < mostTries) throw error
    await store(fetching, facts, { sha256: null, kept: "whole" }, facts.uid)
  }
}

const isOurFault = (error: unknown) => {
  const fault = faultOf(error)
  return fault === "full" || fault === "weak" || error instanceof Refusal
}

type StoredContent = Pick<DeliveredMail, "sha256" | "kept">

async function keep({ mailbox, kit }: Fetching, { uid, size }: MailFacts): Promise<StoredContent> {
  const isLarge = size > largestMailBytes
  const bytes = isLarge ? await headersOf(mailbox, uid) : await mailbox.read(uid)
  if (bytes === null) throw new Error("the mailbox gives no mail")
  const stored = await kit.storage.put(bytes, largestMailBytes)
  if (stored.size === 0) throw new Error("the mailbox gives an empty mail")
  return { sha256: stored.sha256, kept: isLarge ? "headers" : "whole" }
}

async function headersOf(mailbox: OpenMailbox, uid: number): Promise<Readable | null> {
  const headers = await mailbox.readHeaders(uid)
  return headers && Readable.from([headers])
}

/** `cursor`: where it stands from now on; null where it stays. */
async function store(
  fetching: Fetching,
  facts: MailFacts,
  content: StoredContent,
  cursor: number | null,
): Promise<void> {
  const { kit, lease, folder, silentUid, mailbox } = fetching
  const now = kit.now()
  const { uid, size } = facts
  const mail: DeliveredMail = {
    folder,
    uidValidity: mailbox.uidValidity,
    uid,
    size,
    receivedAt: facts.receivedAt ?? now,
    isSilent: uid <= silentUid,
    ...content,
  }
  const { connectionId } = lease
  const key = keyOf(fetching, uid)
  const delivery = { connectionId, key, body: JSON.stringify(mail), fileSha256: content.sha256, now }
  await transact(kit.db, async (tx) => {
    if (cursor !== null) await saveCursor(tx, lease, cursor)
    await storeFileDelivery(tx, delivery)
  })
}
