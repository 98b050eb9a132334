// Fetches what a mailbox has and Hilo has not. A mail is in the file storage first; then one transaction stores that it is there, with those
// that were fetched right before it, and moves the cursor, if the mailbox is still this server's. A server that dies before that leaves
// them to be fetched again; after it, they are as safe as a webhook that was answered.
import { transact } from "#kernel/act.ts"
import { faultOf, Refusal } from "#kernel/errors.ts"
import { nextPositions, unknownKeys } from "#incoming-webhooks/index.ts"
import { imapFaultOf } from "../imap-fault.ts"
import { type KeptMail, keepMail, senderOf } from "../keep-mail.ts"
import { chunkBytes, type MailFacts } from "../open-mailbox.ts"
import { countStuckTry, LeaseLost, saveCursor } from "./mailbox-store.ts"
import { type FetchedMail, type Fetching, keyOf, storeMails } from "./store-fetched-mails.ts"

// Facts of so many mails are asked for at once.
const page = 100
// So many share a transaction, or those of a second: what a slow server has given need not wait for the next.
const mostAtOnce = 24
const longestMs = 1_000
// While one is written to the disk the next ones are read.
const mostInFlight = 4
const mostTries = 5

/** Fetches all mails above the cursor; gives the new cursor. Throws what kept it from going on, and `LeaseLost`. */
export async function fetchNewMails(fetching: Fetching, cursor: number): Promise<number> {
  const { kit, lease, mailbox } = fetching
  let last = cursor
  for (const uids of pagesOf(await mailbox.uidsAfter(last))) {
    const mails = await mailbox.describe(uids)
    await fetchMails(fetching, mails, { movesCursor: true })
    // What was removed between the two looks has nothing to store.
    const end = uids.at(-1)!
    if (end > (mails.at(-1)?.uid ?? last)) await transact(kit.db, (tx) => saveCursor(tx, lease, end))
    last = end
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
    await fetchMails(fetching, missed, { movesCursor: false })
  }
}

/** So many as are asked for at once. */
export function* pagesOf(uids: readonly number[]) {
  for (let from = 0; from < uids.length; from += page) yield uids.slice(from, from + page)
}

/** Mails in rising order of their ids, of which those before one that cannot be fetched are stored whatever becomes of it. */
async function fetchMails(
  fetching: Fetching,
  mails: readonly MailFacts[],
  { movesCursor }: { movesCursor: boolean },
): Promise<void> {
  const kept = keepAhead(fetching, mails)
  const positionOf = await positionsOf(fetching, mails)
  const fetched: FetchedMail[] = []
  const storeFetched = () => storeMails(fetching, fetched.splice(0), { movesCursor })
  let storedAt = performance.now()
  for (const [n, facts] of mails.entries()) {
    const position = positionOf.get(facts.uid)
    try {
      fetched.push({ ...facts, ...(await kept(n)), position })
    } catch (error) {
      await storeFetched()
      fetched.push({ ...(await giveUp(fetching, facts, error)), position })
    }
    if (fetched.length < mostAtOnce && performance.now() - storedAt < longestMs) continue
    await storeFetched()
    storedAt = performance.now()
  }
  await storeFetched()
}

/** Gives the n-th mail once it is kept; those after it are on their way meanwhile. */
function keepAhead({ kit, mailbox }: Fetching, mails: readonly MailFacts[]): (n: number) => Promise<KeptMail> {
  const keeping: Promise<KeptMail>[] = []
  const mayFollow = (n: number) => n < mails.length && mails.slice(n - 1, n + 1).every(isOneAnswer)
  return (n) => {
    while (keeping.length <= n || (keeping.length < n + mostInFlight && mayFollow(keeping.length))) {
      const kept = keepMail(kit.storage, mailbox, mails[keeping.length]!)
      // What is wrong with it shows in its turn.
      kept.catch(() => {})
      keeping.push(kept)
    }
    return keeping[n]!
  }
}

// One that is asked for in pieces goes alone: another mail between them that ends the connection would count as its fault.
const isOneAnswer = ({ size }: MailFacts) => size > 0 && size < chunkBytes

/** What came together stands in the order in which the mailbox got it; some servers give ids in another one. */
async function positionsOf({ kit }: Fetching, mails: readonly MailFacts[]): Promise<Map<number, number>> {
  if (mails.length < 2) return new Map()
  const now = kit.now().getTime()
  const at = ({ receivedAt }: MailFacts) => receivedAt?.getTime() ?? now
  const inOrder = mails.toSorted((a, b) => at(a) - at(b) || a.uid - b.uid)
  const positions = await nextPositions(kit.db, inOrder.length)
  return new Map(inOrder.map(({ uid }, n) => [uid, positions[n]!]))
}

/**
 * One mail that cannot be fetched must not keep the others back: after some tries it is quarantined, and fetched again when somebody
 * replays it. Throws the error before that, and where it says nothing of the mail.
 */
async function giveUp(fetching: Fetching, facts: MailFacts, error: unknown): Promise<Omit<FetchedMail, "position">> {
  const { kit, lease, mailbox } = fetching
  if (saysNothingOfMail(fetching, error)) throw error
  const tries = await countStuckTry(kit.db, lease, facts.uid)
  if (tries < mostTries) throw error
  const from = await senderOf(mailbox, facts.uid)
  const summary = { sender: from === null ? null : { name: "", address: from }, subject: "", bytes: facts.size }
  return { ...facts, sha256: null, kept: "whole", from, failed: { reason: "mail_not_given", tries, summary } }
}

/** A full disk, files or a database that are away, a server that ends or was replaced, and a mail server that wants to be left alone. */
function saysNothingOfMail({ ended }: Fetching, error: unknown): boolean {
  if (ended.aborted || error instanceof LeaseLost || error instanceof Refusal) return true
  const fault = faultOf(error)
  return (
    fault === "full" || fault === "weak" || fault === "busy" || ["throttled", "quota"].includes(imapFaultOf(error).kind)
  )
}
