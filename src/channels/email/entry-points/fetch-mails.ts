// Fetches what a mailbox has and Hilo has not. A mail is in the file storage first; then one transaction stores that it is there and moves
// the cursor, if the mailbox is still this server's. A server that dies before that leaves the mail to be fetched again; after it, it is as
// safe as a webhook that was answered.
import { transact } from "#kernel/act.ts"
import { faultOf, Refusal } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import { nextPositions, storeFileDelivery, unknownKeys } from "#incoming-webhooks/index.ts"
import type { DeliveredMail } from "../delivered-mail.ts"
import { imapFaultOf } from "../imap-fault.ts"
import { type KeptMail, keepMail, senderOf } from "../keep-mail.ts"
import type { MailFacts, OpenMailbox } from "../open-mailbox.ts"
import { isSilent } from "./mails-before-connection.ts"
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
  /** When the mailbox began to be followed. */
  begunAt: Date
  /** Aborted when it is to end: what fails then says nothing of any mail. */
  ended: AbortSignal
}

/** Fetches all mails above the cursor; gives the new cursor. Throws what kept it from going on, and `LeaseLost`. */
export async function fetchNewMails(fetching: Fetching, cursor: number): Promise<number> {
  let last = cursor
  for (const uids of pagesOf(await fetching.mailbox.uidsAfter(last))) {
    const mails = await fetching.mailbox.describe(uids)
    const positionOf = await positionsOf(fetching, mails)
    for (const facts of mails) {
      await fetchOrGiveUp(fetching, facts, { cursor: facts.uid, position: positionOf.get(facts.uid) })
      last = facts.uid
    }
    // What was removed between the two looks has nothing to store.
    if (uids.at(-1)! > last) await moveCursor(fetching, uids.at(-1)!)
    last = uids.at(-1)!
  }
  return last
}

/** Fetches those of these mails that are wanted and were never fetched; the cursor stays where it is. */
export async function fetchUnknownMails(
  fetching: Fetching,
  uids: readonly number[],
  isWanted: (facts: MailFacts) => boolean,
): Promise<void> {
  const { kit, lease, mailbox } = fetching
  for (const some of pagesOf(uids)) {
    const mails = (await mailbox.describe(some)).filter(isWanted)
    const keys = mails.map((facts) => keyOf(fetching, facts))
    const unknown = await unknownKeys(kit.db, lease.connectionId, keys)
    const missed = mails.filter((facts) => unknown.has(keyOf(fetching, facts)))
    const positionOf = await positionsOf(fetching, missed)
    for (const facts of missed)
      await fetchOrGiveUp(fetching, facts, { cursor: null, position: positionOf.get(facts.uid) })
  }
}

/** By what a mail of the folder is known before it is read. Where ids of mails do not last (0), they alone say nothing. */
function keyOf({ folder, mailbox }: Fetching, { uid, size, receivedAt }: MailFacts): string {
  const { uidValidity } = mailbox
  return uidValidity === 0
    ? `0 ${uid} ${size} ${receivedAt?.toISOString()} ${folder}`
    : `${uidValidity} ${uid} ${folder}`
}

/** So many as are asked for at once. */
export function* pagesOf(uids: readonly number[]) {
  for (let from = 0; from < uids.length; from += page) yield uids.slice(from, from + page)
}

/** What came together stands in the order in which the mailbox got it; some servers give ids in another one. */
async function positionsOf({ kit }: Fetching, mails: readonly MailFacts[]): Promise<Map<number, number>> {
  if (mails.length < 2) return new Map()
  const now = kit.now().getTime()
  const at = ({ receivedAt }: MailFacts) => receivedAt?.getTime() ?? now
  const inOrder = mails.toSorted((a, b) => at(a) - at(b) || a.uid - b.uid)
  const positions = await nextPositions(kit.db, inOrder.length)
  return new Map(inOrder.map(({ uid }, n) => [uid, positions[n]!]))
}

const moveCursor = ({ kit, lease }: Fetching, uid: number) => transact(kit.db, (tx) => saveCursor(tx, lease, uid))

/** `cursor`: where it stands from now on; null where it stays. */
type Place = { cursor: number | null; position: number | undefined }

/**
 * One mail that cannot be fetched must not keep the others back: after some tries it is quarantined, and fetched again when somebody
 * replays it.
 */
async function fetchOrGiveUp(fetching: Fetching, facts: MailFacts, place: Place): Promise<void> {
  const { kit, mailbox } = fetching
  try {
    await store(fetching, { ...facts, ...(await keepMail(kit.storage, mailbox, facts)) }, place)
  } catch (error) {
    if (saysNothingOfMail(fetching, error)) throw error
    const tries = await countStuckTry(kit.db, fetching.lease, facts.uid)
    if (tries < mostTries) throw error
    const stub = { ...facts, sha256: null, kept: "whole", from: await senderOf(mailbox, facts.uid) } as const
    const sender = stub.from === null ? null : { name: "", address: stub.from }
    const summary = { sender, subject: "", bytes: facts.size }
    await store(fetching, stub, place, { reason: "mail_not_given", tries, summary })
  }
}

/** A full disk, files or a database that are away, a server that ends or was replaced, and a mail server that wants to be left alone. */
function saysNothingOfMail({ ended }: Fetching, error: unknown): boolean {
  if (ended.aborted || error instanceof LeaseLost || error instanceof Refusal) return true
  const fault = faultOf(error)
  return (
    fault === "full" || fault === "weak" || fault === "busy" || ["throttled", "quota"].includes(imapFaultOf(error).kind)
  )
}

async function store(
  fetching: Fetching,
  { uid, size, receivedAt, ...content }: MailFacts & KeptMail & { from?: string | null },
  { cursor, position }: Place,
  failed?: Parameters<typeof storeFileDelivery>[1]["failed"],
): Promise<void> {
  const { kit, lease, folder, mailbox } = fetching
  const now = kit.now()
  const mail: DeliveredMail = {
    folder,
    uidValidity: mailbox.uidValidity,
    uid,
    size,
    receivedAt: receivedAt ?? now,
    isSilent: isSilent(fetching, { uid, receivedAt }),
    ...content,
  }
  const { connectionId } = lease
  const key = keyOf(fetching, { uid, size, receivedAt })
  const delivery = { connectionId, key, body: JSON.stringify(mail), fileSha256: content.sha256, now, position, failed }
  await transact(kit.db, async (tx) => {
    if (cursor !== null) await saveCursor(tx, lease, cursor)
    await storeFileDelivery(tx, delivery)
  })
}
