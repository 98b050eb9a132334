// Who gets answers on a ticket of mails beside its requester: whom its mails went to, and whom staff add.
import type { MailAddress } from "#channels/index.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import { statement } from "#kernel/db.ts"
import { mostParticipants } from "./mail-thread-store.ts"

/** `isAdded`: by staff, so that answers go to them whomever the last mail went to. */
export type Follower = MailAddress & { id: string; isAdded: boolean }

type Participation = Follower & { role: "requester" | "follower"; isRemoved: boolean }

/** Everybody who takes or took part in these threads, each once. */
async function participantsOf(run: RunStatement, threadIds: readonly string[]): Promise<Participation[]> {
  if (threadIds.length === 0) return []
  return run<Participation>(
    statement(
      "mail-participants",
      (p) => `select id, address, name, role, "isAdded", "isRemoved" from (
          select distinct on (address) id, address, name, role, is_added as "isAdded", removed_at is not null as "isRemoved", joined_at
          from mail_participants where thread_id = any(${p(threadIds)}::text[])
          order by address, role desc, removed_at desc nulls last, is_added desc, id) one
        order by joined_at, address`,
    ),
  )
}

/** `removed`: addresses that get no answers until they are added again. */
export async function followersOf(
  run: RunStatement,
  threadIds: readonly string[],
): Promise<{ followers: Follower[]; removed: Set<string> }> {
  const all = await participantsOf(run, threadIds)
  const followers = all.flatMap(({ role, isRemoved, ...one }) => (role === "follower" && !isRemoved ? [one] : []))
  return { followers, removed: new Set(all.flatMap((one) => (one.isRemoved ? [one.address] : []))) }
}

/** False when the threads have as many followers as there may be. */
export async function addFollowers(
  run: RunStatement,
  threadIds: readonly string[],
  people: readonly MailAddress[],
  { isAdded, now }: { isAdded: boolean; now: Date },
): Promise<boolean> {
  const { followers } = await followersOf(run, threadIds)
  const known = new Set(followers.map(({ address }) => address))
  const added = people.filter(({ address }) => !known.has(address)).length
  if (added > 0 && followers.length + added >= mostParticipants) return false
  for (const { address, name } of people)
    await run(
      statement(
        "add-mail-follower",
        (p) => `insert into mail_participants as k (thread_id, address, name, role, joined_at, is_added)
          select t, ${p(address)}, ${p(name)}, 'follower', ${p(now)}::timestamptz, ${p(isAdded)}::boolean
          from unnest(${p(threadIds)}::text[]) t order by t
          on conflict (thread_id, address) do update set removed_at = null, is_added = k.is_added or excluded.is_added,
            name = case when k.name = '' then excluded.name else k.name end`,
      ),
    )
  return true
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
        where thread_id = any(${p(threadIds)}::text[]) and role = 'follower' and removed_at is null and address = (
          select address from mail_participants where id = ${p(id)} and thread_id = any(${p(threadIds)}::text[]))
        returning address`,
    ),
  )
  return removed.length > 0
}

/** Whom a mail that never left brought in at that time take no part, unless another mail since names them. */
export async function takeBackFollowers(
  run: RunStatement,
  threadIds: readonly string[],
  { messageId, at }: { messageId: string; at: Date },
): Promise<void> {
  await run(
    statement(
      "take-back-mail-followers",
      (p) => `delete from mail_participants k where k.thread_id = any(${p(threadIds)}::text[])
        and k.role = 'follower' and not k.is_added and k.joined_at = ${p(at)}::timestamptz
        and exists (select from message_mails w, jsonb_array_elements(w.recipients) r
          where w.message_id = ${p(messageId)} and r ->> 'address' = k.address)
        and not exists (select from message_mails w join messages m on m.id = w.message_id
          where w.thread_id = any(${p(threadIds)}::text[]) and m.created_at >= ${p(at)}::timestamptz
            and m.id <> ${p(messageId)} and m.delivery_reason is distinct from 'cancelled'
            and (w.sender ->> 'address' = k.address
              or w.recipients @> jsonb_build_array(jsonb_build_object('address', k.address))))`,
    ),
  )
}

/** Who it was before follows from now on. */
export async function setRequester(
  run: RunStatement,
  threadIds: readonly string[],
  { address, name, now }: MailAddress & { now: Date },
): Promise<void> {
  await run(
    statement(
      "end-mail-requester",
      (p) => `update mail_participants set role = 'follower' where thread_id = any(${p(threadIds)}::text[])
        and role = 'requester' and address <> ${p(address)}`,
    ),
  )
  await run(
    statement(
      "set-mail-requester",
      (p) => `insert into mail_participants as k (thread_id, address, name, role, joined_at)
        select t, ${p(address)}, ${p(name)}, 'requester', ${p(now)}::timestamptz from unnest(${p(threadIds)}::text[]) t order by t
        on conflict (thread_id, address) do update set removed_at = null, role = 'requester',
          name = case when k.name = '' then excluded.name else k.name end`,
    ),
  )
}
