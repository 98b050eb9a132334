// Sees to it that each mailbox that is switched on is followed by one server, and by another one if that dies.
import type { Kit } from "#kernel/kit.ts"
import type { Log } from "#kernel/log.ts"
import { type PollingLoop, startPollingLoop } from "#kernel/jobs/polling-loop.ts"
import { connectionById, type ConnectionRow, connectionsTopic } from "#connections/index.ts"
import { folderOf, mailboxOf } from "../settings.ts"
import { followMailbox } from "./follow-mailbox.ts"
import { mailboxFailureOf } from "./mailbox-failure.ts"
import {
  type Lease,
  LeaseLost,
  type MailboxRow,
  mailboxesToRead,
  releaseLease,
  saveFailure,
  takeLease,
} from "./mailbox-store.ts"
import { waitAfterFailure } from "./wait-after-failure.ts"

const kind = "email"
const pollMs = 5_000

type Follower = { updatedAt: Date; stop: AbortController; done: Promise<void> }
type Parts = { kit: Kit; log: Log; followers: Map<string, Follower> }

export function startReadingMailboxes(kit: Kit, log: Log): PollingLoop {
  const followers = new Map<string, Follower>()
  const step = async () => {
    await look({ kit, log, followers })
    return false
  }
  const loop = startPollingLoop(kit.db, log, { name: "mailboxes", step, pollMs, topics: [connectionsTopic] })
  return {
    stop: async () => {
      await loop.stop()
      await Promise.all([...followers.values()].map(stopFollower))
    },
  }
}

async function stopFollower({ stop, done }: Follower): Promise<void> {
  stop.abort()
  await done
}

/** Ends what is no more to be followed, or with other settings; begins what nobody follows. */
async function look(parts: Parts): Promise<void> {
  const { kit, followers } = parts
  const wanted = new Map((await mailboxesToRead(kit.db, kind, kit.now())).map((one) => [one.id, one]))
  for (const [id, follower] of followers)
    if (wanted.get(id)?.updatedAt.getTime() !== follower.updatedAt.getTime()) await stopFollower(follower)
  for (const { id } of wanted.values()) {
    const connection = followers.has(id) ? undefined : await connectionById(kit.db.kysely, id)
    if (connection) await begin(parts, connection)
  }
}

async function begin({ kit, log, followers }: Parts, connection: ConnectionRow): Promise<void> {
  const { id, updatedAt } = connection
  const taken = await takeLease(kit.db, { connectionId: id, folder: folderOf(mailboxOf(connection)), now: kit.now() })
  if (!taken) return
  const stop = new AbortController()
  const { mailbox, ...lease } = taken
  const done = followMailbox({ kit, connection, lease, mailbox, signal: stop.signal })
    .then(() => releaseLease(kit.db, lease))
    .catch((error: unknown) => settleFailure(kit, log, { lease, mailbox, error }))
    // A database that is away: the lease runs out by itself.
    .catch((error: unknown) => log.warn({ err: error, connectionId: id }, "a mailbox could not be given back"))
    .finally(() => followers.delete(id))
  followers.set(id, { updatedAt, stop, done })
}

type Failed = { lease: Lease; mailbox: MailboxRow; error: unknown }

async function settleFailure(kit: Kit, log: Log, { lease, mailbox, error }: Failed): Promise<void> {
  if (error instanceof LeaseLost) return
  const fault = mailboxFailureOf(error)
  const waitMs = waitAfterFailure(fault, mailbox.failures + 1, Math.random())
  const { code } = error as { code?: string }
  // Not the error: it may hold what the server said of an address.
  log.warn({ connectionId: lease.connectionId, failure: fault.kind, code, waitMs }, "a mailbox was not read")
  await saveFailure(kit.db, lease, { failure: fault.kind, waitMs, now: kit.now() })
}
