// Whether people want marketing at an address of theirs. Only templates of that kind ask; everything else goes on as before.
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { runIn, type Statement, statement } from "#kernel/db.ts"
import { type BatchEvent, record } from "#event-log/index.ts"
import { storedIdentity } from "./identities/identity-store.ts"
import type { Identity } from "./identities/normalize-address.ts"

/** How it was said: in a word of theirs, in a setting of the channel's app, or by the channel's refusal. */
export type MarketingPreference = { wants: boolean; by: "word" | "channel" | "refusal"; at: Date }

export type SavedPreference = { identityId: string; contactId: string | null; changed: boolean }

/**
 * Stores the wish for these identities, unless they said something later. Who learns of it while holding messages waits for
 * nobody (`by` refusal): whatever is being changed there is left as it is, and the next refusal says it again.
 */
export const marketingPreferenceStatement = (
  identityIds: readonly string[],
  { wants, by, at }: MarketingPreference,
): Statement =>
  statement(
    "",
    (
      p,
    ) => `update contact_identities i set wants_marketing = ${p(wants)}::boolean, marketing_said_at = ${p(at)}::timestamptz,
        marketing_said_by = ${p(by)}
      from (select id, wants_marketing as before from contact_identities where id = any(${p(identityIds)}::text[])
        and coalesce(marketing_said_at <= ${p(at)}::timestamptz, true) order by id for update ${by === "refusal" ? "skip locked" : ""}) b
      where i.id = b.id
      returning i.id as "identityId", i.contact_id as "contactId", b.before <> i.wants_marketing as changed`,
  )

/** The events of contacts whose consent changed. */
export const marketingFacts = (saved: readonly SavedPreference[], { wants, by }: MarketingPreference) =>
  saved.flatMap(({ identityId, contactId, changed }): Pick<BatchEvent, "subjectId" | "data">[] =>
    changed && contactId !== null ? [{ subjectId: contactId, data: { identityId, wants, by } }] : [],
  )

/** The one verb of it for a single wish. */
export async function saveMarketingPreference(
  act: Act,
  identityIds: string[],
  wish: MarketingPreference,
): Promise<void> {
  if (identityIds.length === 0) return
  const saved = await runIn<SavedPreference>(act.tx, marketingPreferenceStatement(identityIds, wish))
  for (const { subjectId, data } of marketingFacts(saved, wish))
    await record(act, "contact.marketing_changed", { subjectId: subjectId!, data: data! })
}

/** The stored ones of these addresses. */
export async function storedIdentityIds(act: Act, identities: readonly Identity[]): Promise<string[]> {
  const ids: string[] = []
  for (const identity of identities) {
    const row = await storedIdentity(act, identity)
    if (row) ids.push(row.id)
  }
  return ids
}

/** Of these identities, those that want no marketing. */
export const marketingRefusersStatement = (identityIds: readonly string[]): Statement =>
  statement(
    "marketing-refusers",
    (p) => `select id from contact_identities where id = any(${p(identityIds)}::text[]) and not wants_marketing`,
  )

export async function refusesMarketing(from: Kysely<DB>, identityId: string | null): Promise<boolean> {
  if (identityId === null) return false
  return (await runIn(from, marketingRefusersStatement([identityId]))).length > 0
}
