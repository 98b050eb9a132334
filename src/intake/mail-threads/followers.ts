// Who gets answers on a ticket of mails beside its requester: whom its mails went to, and whom staff add.
import type { MailAddress } from "#channels/index.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import { countWord, rowsSql } from "#kernel/database/rows-sql.ts"
import { statement } from "#kernel/db.ts"
import { isTakenOutSql } from "#messages/index.ts"
import { mostParticipants } from "./mail-thread-store.ts"

/** `isAdded`: by staff, so that answers go to them whomever the last mail went to. */
export type Follower = MailAddress & { id: string; isAdded: boolean }

/** `removed`: addresses that get no answers until they are added again. */
export type Participants = {
  requesters: (MailAddress & { isAdded: boolean })[]
  followers: Follower[]
  removed: ReadonlySet<string>
}

type Participation = Follower & { role: "requester" | "follower"; isRemoved: boolean }

/** Everybody who takes or took part in these threads, each once. */
export async function participantsOf(run: RunStatement, threadIds: readonly string[]): Promise<Participants> {
  if (threadIds.length === 0) return { requesters: [], followers: [], removed: new Set() }
  const all = await run<Participation>(
    statement(
      "mail-participants",
      (p) => `select id, address, name, role, "isAdded", "isRemoved" from (
          select distinct on (k.address) k.id, k.address, k.name, k.role, k.is_added as "isAdded",
            ${isTakenOutSql("k")} as "isRemoved", k.joined_at
          from mail_participants k where k.thread_id = any(${p(threadIds)}::text[])
          order by k.address, k.role desc, ${isTakenOutSql("k")} desc, k.is_added desc, k.id) one
        order by joined_at, address`,
    ),
  )
  const those = (wanted: Participation["role"]) =>
    all.flatMap(({ role, isRemoved, ...one }) => (role === wanted && !isRemoved ? [one] : []))
  const removed = new Set(all.flatMap((one) => (one.isRemoved ? [one.address] : [])))
  return { requesters: those("requester"), followers: those("follower"), removed }
}

/**
 * As many of these people as there is room for; `known`: who takes part already. False when the threads have as many followers as there
 * may be before all are added. Who was taken out joins anew, unless `isAdded` by staff: a reply that is taken back takes them out again.
 */
export async function addFollowers(
  run: RunStatement,
  { threadIds, people, known }: { threadIds: readonly string[]; people: readonly MailAddress[]; known: Participants },
  { isAdded, now }: { isAdded: boolean; now: Date },
): Promise<boolean> {
  const taken = new Set([...known.requesters, ...known.followers].map(({ address }) => address))
  const newcomers = people.filter(({ address }) => !taken.has(address))
  const fitting = new Set(newcomers.slice(0, Math.max(0, mostParticipants - 1 - known.followers.length)))
  const added = people.filter((one) => taken.has(one.address) || fitting.has(one))
  if (added.length > 0)
    await run(
      statement(
        `add-mail-followers-${countWord(added)}`,
        (p) => `insert into mail_participants as k (thread_id, address, name, role, joined_at, is_added)
          select t, r.address, r.name, 'follower', ${p(now)}::timestamptz, ${p(isAdded)}::boolean
          from unnest(${p(threadIds)}::text[]) t, ${rowsSql(p, added, "address text, name text")} order by t, r.address
          on conflict (thread_id, address) do update set is_added = k.is_added or excluded.is_added,
            joined_at = case when ${isTakenOutSql("k")} and not excluded.is_added then excluded.joined_at else k.joined_at end,
            removed_at = case when k.removed_at is not null and not excluded.is_added
              then least(k.removed_at, excluded.joined_at - interval '1 millisecond') end,
            name = case when k.name = '' then excluded.name else k.name end`,
      ),
    )
  return fitting.size === newcomers.length
}

/** False when there is none of that id. */
export async function removeFollower(
  run: RunStatement,
  threadIds: readonly string[],
  { id, now }: { id: string; now: Date },
): Promise<boolean> {
  const removed = await run<{ address: string }>(
    statement(
      "remove-mail-follower",
      (p) => `update mail_participants set removed_at = ${p(now)}::timestamptz, is_added = false
        where thread_id = any(${p(threadIds)}::text[]) and role = 'follower' and not ${isTakenOutSql("mail_participants")} and address = (
          select address from mail_participants where id = ${p(id)} and thread_id = any(${p(threadIds)}::text[]))
        returning address`,
    ),
  )
  return removed.length > 0
}

/** Whom a mail that never left brought in at that time take no part, or are taken out again, unless another mail since names them. */
export async function takeBackFollowers(
  run: RunStatement,
  threadIds: readonly string[],
  { messageId, at }: { messageId: string; at: Date },
): Promise<void> {
  await run(
    statement(
      "take-back-mail-followers",
      (p) => `with brought as (select k.thread_id, k.address, k.removed_at from mail_participants k
          where k.thread_id = any(${p(threadIds)}::text[])
            and k.role = 'follower' and not k.is_added and k.joined_at = ${p(at)}::timestamptz
            and exists (select from message_mails w, jsonb_array_elements(w.recipients) r
              where w.message_id = ${p(messageId)} and r ->> 'address' = k.address)
            and not exists (select from message_mails w join messages m on m.id = w.message_id
              where w.thread_id = any(${p(threadIds)}::text[]) and m.created_at >= ${p(at)}::timestamptz
                and m.id <> ${p(messageId)} and m.delivery_reason is distinct from 'cancelled'
                and (w.sender ->> 'address' = k.address
                  or w.recipients @> jsonb_build_array(jsonb_build_object('address', k.address))))),
        again as (update mail_participants k set joined_at = k.removed_at from brought b
          where k.thread_id = b.thread_id and k.address = b.address and b.removed_at is not null)
        delete from mail_participants k using brought b
        where k.thread_id = b.thread_id and k.address = b.address and b.removed_at is null`,
    ),
  )
}

/** By staff, so that answers go to them; who it was before follows from now on, and gets them too. */
export async function setRequester(
  run: RunStatement,
  threadIds: readonly string[],
  { address, name, now }: MailAddress & { now: Date },
): Promise<void> {
  await run(
    statement(
      "end-mail-requester",
      (
        p,
      ) => `update mail_participants set role = 'follower', is_added = true where thread_id = any(${p(threadIds)}::text[])
        and role = 'requester' and address <> ${p(address)}`,
    ),
  )
  await run(
    statement(
      "set-mail-requester",
      (p) => `insert into mail_participants as k (thread_id, address, name, role, joined_at, is_added)
        select t, ${p(address)}, ${p(name)}, 'requester', ${p(now)}::timestamptz, true from unnest(${p(threadIds)}::text[]) t order by t
        on conflict (thread_id, address) do update set removed_at = null, is_added = true, role = 'requester',
          name = case when k.name = '' then excluded.name else k.name end`,
    ),
  )
}
