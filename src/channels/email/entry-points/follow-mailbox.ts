// One server's following of one mailbox: from the first look to the loss of the connection or of the lease.
import { transact } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { decryptAccount, type ConnectionRow } from "#connections/index.ts"
import { openMailbox, type OpenMailbox } from "../open-mailbox.ts"
import { folderOf, mailboxOf, type MailboxSettings } from "../settings.ts"
import { fetchNewMails, fetchUnknownMails, pagesOf } from "./fetch-mails.ts"
import {
  beginFolder,
  type Lease,
  LeaseLost,
  type MailboxRow,
  renewLease,
  saveCheck,
  saveReconciliation,
} from "./mailbox-store.ts"
import { comparedMails } from "./mails-before-connection.ts"
import type { Fetching } from "./store-fetched-mails.ts"

/** Servers tell of new mail at once (IDLE); what they do not tell is found this late (RFC 2177 asks for less than 29 minutes). */
const lookEveryMs = 60_000
const renewEveryMs = 10_000
const dayMs = 86_400_000

type Following = { kit: Kit; connection: ConnectionRow; lease: Lease; mailbox: MailboxRow; signal: AbortSignal }

/** Follows the mailbox until `signal` says otherwise. Throws what ended it before, `LeaseLost` when another server may have it. */
export async function followMailbox(following: Following): Promise<void> {
  const { kit, lease, signal } = following
  const lost = new AbortController()
  const lose = () => lost.abort()
  const renew = () => renewLease(kit.db, lease, kit.now()).then((isMine) => isMine || lose(), lose)
  const renewing = setInterval(() => void renew(), renewEveryMs)
  try {
    await readUntil(following, AbortSignal.any([signal, lost.signal]))
  } catch (error) {
    if (!signal.aborted && !lost.signal.aborted) throw error
  } finally {
    clearInterval(renewing)
  }
  if (lost.signal.aborted) throw new LeaseLost()
}

async function readUntil(following: Following, ended: AbortSignal): Promise<void> {
  const { kit, connection, lease } = following
  const account = decryptAccount(kit, connection)
  const settings = mailboxOf(account)
  const folder = folderOf(settings)
  const opened = await openMailbox(account, ended)
  try {
    const { silentUid, begunAt, ...place } = await openFolder(following, opened)
    const fetching = { kit, mailbox: opened, folder, lease, silentUid, begunAt, ended }
    let { cursor, reconciledAt } = place
    while (!ended.aborted) {
      cursor = await fetchNewMails(fetching, cursor)
      reconciledAt = await reconcile(fetching, settings, reconciledAt)
      await saveCheck(kit.db, lease, kit.now())
      await opened.waitForMail(lookEveryMs, ended)
    }
  } finally {
    opened.close()
  }
}

type Place = { cursor: number; silentUid: number; begunAt: Date; reconciledAt: Date | null }

/**
 * Where to go on: behind the newest mail, where the ids are new; what of the older ones is wanted is found by comparing. A folder seen for
 * the first time begins when its mailbox was verified. One whose UIDVALIDITY changed was built anew: all ids mean something else. Where it is 0, ids mean something
 * while the folder is open.
 */
async function openFolder({ kit, connection, lease, mailbox }: Following, opened: OpenMailbox): Promise<Place> {
  const { lastUid, silentUid, reconciledAt } = mailbox
  const { uidValidity, uidNext } = opened
  const isFirst = mailbox.uidValidity === null
  // A mailbox tells whole seconds.
  const begunAt = (!isFirst && mailbox.begunAt) || wholeSecond(beginningOf(connection, kit.now()))
  if (mailbox.uidValidity === uidValidity && uidValidity !== 0)
    return { cursor: lastUid, silentUid, begunAt, reconciledAt }
  const cursor = isFirst ? await lastUidBefore(begunAt, opened) : uidNext - 1
  const folder = { uidValidity, lastUid: cursor, silentUid: isFirst ? cursor : 0, begunAt }
  await transact(kit.db, (tx) => beginFolder(tx, lease, folder))
  return { cursor, silentUid: folder.silentUid, begunAt, reconciledAt: null }
}

const wholeSecond = (at: Date) => new Date(Math.floor(at.getTime() / 1_000) * 1_000)

/** It may be looked at for the first time long after that: a server may be away, or refuse another login for a while. */
function beginningOf({ health, updatedAt }: ConnectionRow, now: Date): Date {
  const { verification } = health
  return verification ? new Date(Math.max(Date.parse(verification.at), updatedAt.getTime())) : now
}

/** The first mail of that second or later, and all behind it, are new. */
async function lastUidBefore(at: Date, { uidNext, uidsSince, describe }: OpenMailbox): Promise<number> {
  for (const uids of pagesOf(await uidsSince(new Date(at.getTime() - dayMs)))) {
    const first = (await describe(uids)).find(({ receivedAt }) => receivedAt !== null && receivedAt >= at)
    if (first) return first.uid - 1
  }
  return uidNext - 1
}

/**
 * At the beginning, when a folder was built anew, and once a day: a mail may appear below the cursor, where a server gives ids in another
 * order or another folder gives mail back.
 */
async function reconcile(fetching: Fetching, { start }: MailboxSettings, reconciledAt: Date | null): Promise<Date> {
  const { kit, lease, mailbox, silentUid } = fetching
  const now = kit.now()
  if (reconciledAt !== null && now.getTime() - reconciledAt.getTime() < dayMs) return reconciledAt
  const days = start?.from === "days" ? (start.days ?? 0) : 0
  const isFirst = reconciledAt === null && silentUid > 0
  const { sinceDay, isWanted } = comparedMails(fetching, { days, isFirst, now })
  await fetchUnknownMails(fetching, await mailbox.uidsSince(sinceDay), isWanted)
  await saveReconciliation(kit.db, lease, now)
  return now
}
