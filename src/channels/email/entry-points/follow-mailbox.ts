// One server's following of one mailbox: from the first look to the loss of the connection or of the lease.
import { transact } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { decryptAccount, type ConnectionRow } from "#connections/index.ts"
import { openMailbox, type OpenMailbox } from "../open-mailbox.ts"
import { folderOf, mailboxOf, type MailboxSettings } from "../settings.ts"
import { fetchNewMails, fetchUnknownMails, type Fetching } from "./fetch-mails.ts"
import {
  beginFolder,
  type Lease,
  LeaseLost,
  type MailboxRow,
  renewLease,
  saveCheck,
  saveReconciliation,
} from "./mailbox-store.ts"

/** Servers tell of new mail at once (IDLE); what they do not tell is found this late (RFC 2177 asks for less than 29 minutes). */
const lookEveryMs = 60_000
const renewEveryMs = 10_000
const dayMs = 86_400_000
/** How far back the folder is compared with what was taken. */
const reconciledDays = 7

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
  const way = { server: settings.imap, password: account.secrets["password"] ?? "", folder }
  const opened = await openMailbox(way, ended)
  try {
    const place = await openFolder(following, opened, settings)
    const fetching = { kit, mailbox: opened, folder, lease, silentUid: place.silentUid }
    let { cursor, reconciledAt } = place
    while (!ended.aborted) {
      cursor = await fetchNewMails(fetching, cursor)
      reconciledAt = await reconcile(fetching, reconciledAt)
      await saveCheck(kit.db, lease, kit.now())
      await opened.waitForMail(lookEveryMs, ended)
    }
  } finally {
    opened.close()
  }
}

type Place = { cursor: number; silentUid: number; reconciledAt: Date | null }

/**
 * Where to go on. A folder seen for the first time begins with what comes from now on, and with mails of some days before if that was
 * asked for. One whose UIDVALIDITY changed was built anew: all ids mean something else, and what is in it is compared with what was taken.
 */
async function openFolder(
  { kit, lease, mailbox }: Following,
  opened: OpenMailbox,
  { start }: MailboxSettings,
): Promise<Place> {
  const { uidValidity, uidNext } = opened
  if (mailbox.uidValidity === uidValidity)
    return { cursor: mailbox.lastUid, silentUid: mailbox.silentUid, reconciledAt: mailbox.reconciledAt }
  const isFirst = mailbox.uidValidity === null
  const newest = uidNext - 1
  const days = start?.from === "days" ? (start.days ?? 0) : 0
  const since = isFirst ? days : reconciledDays
  const [oldest] = since > 0 ? await opened.uidsSince(new Date(kit.now().getTime() - since * dayMs)) : []
  const cursor = Math.min(newest, (oldest ?? uidNext) - 1)
  const silentUid = isFirst ? newest : 0
  await transact(kit.db, (tx) => beginFolder(tx, lease, { uidValidity, lastUid: cursor, silentUid }))
  return { cursor, silentUid, reconciledAt: kit.now() }
}

/** Once a day: a mail may appear below the cursor, where a server gives ids in another order or another folder gives mail back. */
async function reconcile(fetching: Fetching, reconciledAt: Date | null): Promise<Date> {
  const { kit, lease, mailbox } = fetching
  const now = kit.now()
  if (reconciledAt !== null && now.getTime() - reconciledAt.getTime() < dayMs) return reconciledAt
  if (reconciledAt !== null) {
    const uids = await mailbox.uidsSince(new Date(now.getTime() - reconciledDays * dayMs))
    // What was there before the connection was taken then, as far as it was asked for.
    await fetchUnknownMails(
      fetching,
      uids.filter((uid) => uid > fetching.silentUid),
    )
  }
  await saveReconciliation(kit.db, lease, now)
  return now
}
