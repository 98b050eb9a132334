// Mail threads, the ids of mails that lead to them, and who takes part in them.
import { createHash } from "node:crypto"
import type { MailAddress, ThreadReferences } from "#channels/index.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import { countWord, rowsSql } from "#kernel/database/rows-sql.ts"
import { type Statement, statement } from "#kernel/db.ts"
import { isTakenOutSql } from "#messages/index.ts"
import type { KnownId, KnownThreads } from "./choose-thread.ts"

export type ParticipantRole = "requester" | "follower"
export type Participant = MailAddress & { role: ParticipantRole }

/** Who began it, and 20 others. */
export const mostParticipants = 21

// Ids are as long as their writers like.
const digestOf = (id: string) => createHash("sha256").update(id).digest("hex")

export type KnownOfMail = KnownThreads & { roles: ReadonlyMap<string, ParticipantRole> }

/** What is known of the threads of `connectionId` that each of these mails names, and of its writer in them. */
export async function knownThreads(
  run: RunStatement,
  connectionId: string,
  mails: readonly (ThreadReferences & { writer: string })[],
): Promise<KnownOfMail[]> {
  const known = await knownIds(
    run,
    connectionId,
    mails.flatMap(({ ids }) => ids),
  )
  const named = mails.map(({ ids, tokens }) => [
    ...new Set([...tokens, ...ids.flatMap(({ id }) => known.get(id)?.threadId ?? [])]),
  ])
  const threadIds = [...new Set(named.flat())]
  const writers = [...new Set(mails.map(({ writer }) => writer))]
  // What begins a conversation names none.
  const threads = threadIds.length === 0 ? [] : await run<Part>(threadsStatement(connectionId, threadIds, writers))
  const ofConnection = new Set(threads.map(({ id }) => id))
  return mails.map(({ ids, writer }, n) => {
    const roles = new Map(
      threads.flatMap(({ id, address, role }) => (address === writer ? [[id, role!] as const] : [])),
    )
    const found = ids.flatMap(({ id }) => {
      const one = known.get(id)
      return one && ofConnection.has(one.threadId) ? [[id, one] as const] : []
    })
    const elsewhere = named[n]!.filter((id) => !ofConnection.has(id))
    return { ids: new Map(found), ofConnection, ofWriter: new Set(roles.keys()), elsewhere, roles }
  })
}

type Part = { id: string; address: string | null; role: ParticipantRole | null }

async function knownIds(
  run: RunStatement,
  connectionId: string,
  ids: ThreadReferences["ids"],
): Promise<Map<string, KnownId>> {
  const idOf = new Map(ids.map(({ id }) => [digestOf(id), id]))
  const ours = new Map(ids.flatMap(({ id, messageId }) => (messageId === null ? [] : [[messageId, id] as const])))
  const [found, ofOurs, given] = await Promise.all([
    run<KnownId & { digest: string }>(idsStatement(connectionId, [...idOf.keys()])),
    ours.size === 0 ? [] : run<{ messageId: string; threadId: string }>(threadsOfMessagesStatement([...ours.keys()])),
    run<{ id: string; threadId: string }>(givenIdsStatement([...idOf.values()])),
  ])
  return new Map<string, KnownId>([
    ...given.map(({ id, threadId }) => [id, { threadId, isBorne: true }] as const),
    ...found.map(({ digest, ...one }) => [idOf.get(digest)!, one] as const),
    ...ofOurs.map(({ messageId, threadId }) => [ours.get(messageId)!, { threadId, isBorne: true }] as const),
  ])
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

const threadsStatement = (connectionId: string, ids: string[], writers: string[]): Statement =>
  statement(
    "mail-threads",
    (p) => `select t.id, m.address, m.role from mail_threads t
      left join mail_participants m on m.thread_id = t.id and m.address = any(${p(writers)}::text[]) and not ${isTakenOutSql("m")}
      where t.connection_id = ${p(connectionId)} and t.id = any(${p(ids)}::text[])`,
  )

export async function insertThreads(
  run: RunStatement,
  connectionId: string,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  if (ids.length === 0) return
  await run(
    statement(
      "insert-mail-threads",
      (p) => `insert into mail_threads (id, connection_id, created_at)
        select id, ${p(connectionId)}, ${p(now)} from unnest(${p(ids)}::text[]) id`,
    ),
  )
}

export type IdOfThread = { threadId: string; id: string; isBorne: boolean }

/**
 * Gives ids to threads, each id to one; the first thread that has one keeps it. Gives those that another thread had, or got at this moment,
 * each by the thread that did not get it.
 */
export async function claimIds(
  run: RunStatement,
  connectionId: string,
  ids: readonly IdOfThread[],
): Promise<{ threadId: string }[]> {
  if (ids.length === 0) return []
  const rows = ids.map(({ id, ...claim }) => ({ ...claim, digest: digestOf(id) }))
  const wanted = new Map(rows.map(({ digest, threadId }) => [digest, threadId]))
  const kept = await run<{ digest: string; threadId: string }>(
    statement(
      `claim-mail-ids-${countWord(rows)}`,
      (p) => `insert into mail_ids (connection_id, digest, thread_id, is_borne)
        select ${p(connectionId)}, r.digest, r."threadId", bool_or(r."isBorne")
        from ${rowsSql(p, rows, `digest text, "threadId" text, "isBorne" boolean`)} group by r.digest, r."threadId" order by r.digest
        on conflict (connection_id, digest) do update set is_borne = mail_ids.is_borne or excluded.is_borne
        returning digest, thread_id as "threadId"`,
    ),
  )
  return kept.flatMap(({ digest, threadId }) =>
    wanted.get(digest) === threadId ? [] : [{ threadId: wanted.get(digest)! }],
  )
}

/** Those who take part stay as they are; of new ones as many as there is room for in their thread. */
export async function addParticipants(
  run: RunStatement,
  people: readonly (Participant & { threadId: string })[],
  now: Date,
): Promise<void> {
  if (people.length === 0) return
  const rows = people.map((one, n) => ({ ...one, n }))
  await run(
    statement(
      `add-mail-participants-${countWord(rows)}`,
      (p) => `insert into mail_participants (thread_id, address, name, role, joined_at)
        select f."threadId", f.address, f.name, f.role, ${p(now)}::timestamptz
        from (select r.*, row_number() over (partition by r."threadId" order by r.n) as place
          from ${rowsSql(p, rows, `n int, "threadId" text, address text, name text, role text`)}
          where not exists (select from mail_participants m where m.thread_id = r."threadId" and m.address = r.address)) f
        where f.place <= ${mostParticipants} - (select count(*) from mail_participants m where m.thread_id = f."threadId")
        order by f.n
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
