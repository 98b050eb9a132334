// Mail threads, the ids of mails that lead to them, and who takes part in them.
import { createHash } from "node:crypto"
import type { MailAddress, ThreadReferences } from "#channels/index.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import { rowsSql } from "#kernel/database/rows-sql.ts"
import { type Statement, statement } from "#kernel/db.ts"
import { isTakenOutSql } from "#messages/index.ts"
import type { KnownId, KnownThreads } from "./choose-thread.ts"

export type ParticipantRole = "requester" | "follower"
export type Participant = MailAddress & { role: ParticipantRole }

/** Who began it, and 20 others. */
export const mostParticipants = 21

// Ids are as long as their writers like.
const digestOf = (id: string) => createHash("sha256").update(id).digest("hex")

/** What is known of the threads of `connectionId` that a mail names, and of its writer in them. */
export async function knownThreads(
  run: RunStatement,
  connectionId: string,
  { ids, tokens, writer }: ThreadReferences & { writer: string },
): Promise<KnownThreads & { roles: ReadonlyMap<string, ParticipantRole> }> {
  const idOf = new Map(ids.map(({ id }) => [digestOf(id), id]))
  const ours = new Map(ids.flatMap(({ id, messageId }) => (messageId === null ? [] : [[messageId, id] as const])))
  const [found, ofOurs, given] = await Promise.all([
    run<KnownId & { digest: string }>(idsStatement(connectionId, [...idOf.keys()])),
    ours.size === 0 ? [] : run<{ messageId: string; threadId: string }>(threadsOfMessagesStatement([...ours.keys()])),
    run<{ id: string; threadId: string }>(givenIdsStatement([...idOf.values()])),
  ])
  const known = new Map<string, KnownId>([
    ...given.map(({ id, threadId }) => [id, { threadId, isBorne: true }] as const),
    ...found.map(({ digest, ...one }) => [idOf.get(digest)!, one] as const),
    ...ofOurs.map(({ messageId, threadId }) => [ours.get(messageId)!, { threadId, isBorne: true }] as const),
  ])
  const threadIds = [...new Set([...tokens, ...[...known.values()].map(({ threadId }) => threadId)])]
  // What begins a conversation names none.
  const threads =
    threadIds.length === 0
      ? []
      : await run<{ id: string; role: ParticipantRole | null }>(threadsStatement(connectionId, threadIds, writer))
  const roles = new Map(threads.flatMap(({ id, role }) => (role === null ? [] : [[id, role] as const])))
  const ofConnection = new Set(threads.map(({ id }) => id))
  return {
    ids: new Map([...known].filter(([, { threadId }]) => ofConnection.has(threadId))),
    ofConnection,
    ofWriter: new Set(roles.keys()),
    elsewhere: threadIds.filter((id) => !ofConnection.has(id)),
    roles,
  }
}

const idsStatement = (connectionId: string, digests: string[]): Statement =>
  statement(
    "mail-ids",
    (p) => `select digest, thread_id as "threadId", is_borne as "isBorne" from mail_ids
      where connection_id = ${p(connectionId)} and digest = any(${p(digests)}::text[])`,
  )

const threadsOfMessagesStatement = (messageIds: string[]): Statement =>
  statement(
    "threads-of-mails",
    (p) => `select message_id as "messageId", thread_id as "threadId" from message_mails
      where message_id = any(${p(messageIds)}::text[])`,
  )

/** Ids that a server has given mails of ours. */
const givenIdsStatement = (ids: string[]): Statement =>
  statement(
    "threads-of-given-mail-ids",
    (p) => `select mail_id as id, thread_id as "threadId" from message_mails
      where writer_role is null and mail_id = any(${p(ids)}::text[])`,
  )

const threadsStatement = (connectionId: string, ids: string[], writer: string): Statement =>
  statement(
    "mail-threads",
    (
      p,
    ) => `select t.id, m.role from mail_threads t left join mail_participants m on m.thread_id = t.id and m.address = ${p(writer)}
        and not ${isTakenOutSql("m")}
      where t.connection_id = ${p(connectionId)} and t.id = any(${p(ids)}::text[])`,
  )

export async function insertThread(run: RunStatement, id: string, connectionId: string, now: Date): Promise<void> {
  await run(
    statement(
      "insert-mail-thread",
      (p) =>
        `insert into mail_threads (id, connection_id, created_at) values (${p(id)}, ${p(connectionId)}, ${p(now)})`,
    ),
  )
}

export type IdOfThread = { id: string; isBorne: boolean }

/** Gives ids to a thread; the first thread that has one keeps it. How many another thread had, or got at this moment. */
export async function claimIds(
  run: RunStatement,
  { connectionId, threadId, ids }: { connectionId: string; threadId: string; ids: readonly IdOfThread[] },
): Promise<number> {
  if (ids.length === 0) return 0
  const rows = ids.map(({ id, isBorne }) => ({ digest: digestOf(id), isBorne }))
  const kept = await run<{ threadId: string }>(
    statement(
      "",
      (p) => `insert into mail_ids (connection_id, digest, thread_id, is_borne)
        select ${p(connectionId)}, r.digest, ${p(threadId)}, bool_or(r."isBorne")
        from ${rowsSql(p, rows, `digest text, "isBorne" boolean`)} group by r.digest order by r.digest
        on conflict (connection_id, digest) do update set is_borne = mail_ids.is_borne or excluded.is_borne
        returning thread_id as "threadId"`,
    ),
  )
  return kept.filter((row) => row.threadId !== threadId).length
}

/** Those who take part stay as they are; of new ones as many as there is room for. */
export async function addParticipants(
  run: RunStatement,
  threadId: string,
  people: readonly Participant[],
  now: Date,
): Promise<void> {
  if (people.length === 0) return
  const rows = people.map((one, n) => ({ ...one, n }))
  await run(
    statement(
      "",
      (p) => `insert into mail_participants (thread_id, address, name, role, joined_at)
        select ${p(threadId)}, r.address, r.name, r.role, ${p(now)}::timestamptz
        from ${rowsSql(p, rows, "n int, address text, name text, role text")}
        where not exists (select from mail_participants m where m.thread_id = ${p(threadId)} and m.address = r.address)
        order by r.n limit greatest(0, ${mostParticipants} - (select count(*) from mail_participants where thread_id = ${p(threadId)}))
        on conflict do nothing`,
    ),
  )
}

/** Ids of mails that lead to another thread from now on. */
export async function moveIds(
  run: RunStatement,
  { connectionId, threadId, ids }: { connectionId: string; threadId: string; ids: readonly string[] },
): Promise<void> {
  await run(
    statement(
      "move-mail-ids",
      (p) => `update mail_ids set thread_id = ${p(threadId)}
        where connection_id = ${p(connectionId)} and digest = any(${p(ids.map(digestOf))}::text[])`,
    ),
  )
}

/** Who takes part in one thread takes part in another one too. */
export async function copyParticipants(run: RunStatement, from: string, to: string): Promise<void> {
  await run(
    statement(
      "copy-mail-participants",
      (p) => `insert into mail_participants (thread_id, address, name, role, joined_at, is_added, removed_at)
        select ${p(to)}, address, name, role, joined_at, is_added, removed_at from mail_participants
        where thread_id = ${p(from)} on conflict do nothing`,
    ),
  )
}
