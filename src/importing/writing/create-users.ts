// Members of staff of another system. They get an account and nobody is invited: that is an admin's to do.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import { createUser, disableUser, emailField } from "#people/index.ts"
import { knownRecords, recordKey } from "../imported-record-store.ts"
import { personKey, type UserRow } from "./batch-of-records.ts"
import { type ImportStep, remember } from "./batch-import-context.ts"

export type StaffAccount = { id: string; isActive: boolean }
/** Accounts by their e-mail in lower case; null: a customer's. */
export type Staff = { byEmail: Map<string, StaffAccount | null>; byId: Map<string, StaffAccount> }

/** Makes the accounts of the batch that are not there. An account that has the e-mail already stays as it is. */
export async function createUsers(step: ImportStep): Promise<Staff> {
  const { batch, known } = step
  const refs = [...batch.tickets.map(({ assignee }) => assignee), ...batch.messages.map(({ author }) => author)]
  const emails = [...batch.users, ...refs].flatMap((one) => one?.email?.trim().toLowerCase() ?? [])
  const ids = [...known.values()].flatMap(({ id }) => (id.startsWith("usr_") ? [id] : []))
  const staff = await accountsOf(step, [...new Set(emails)], ids)
  for (const user of batch.users) if (user.key === null || !known.has(user.key)) await createOne(step, staff, user)
  return staff
}

async function createOne(step: ImportStep, staff: Staff, user: UserRow): Promise<void> {
  const { line } = user
  const email = emailField.safeParse(user.email)
  if (!email.success) return step.say({ line, field: "email", expected: "an e-mail address", isRefused: true })
  const address = email.data.toLowerCase()
  const there = staff.byEmail.get(address)
  if (there === null)
    return step.say({ line, field: "email", expected: "one that no customer's account has", isRefused: true })
  if (there) return remember(step, user.key, there.id)
  const account = { id: await insert(step, user, email.data), isActive: user.isActive !== false }
  staff.byEmail.set(address, account)
  staff.byId.set(account.id, account)
  if (step.isDryRun) saveDryRunAccount(step, address, account)
  step.counts.users++
  remember(step, user.key, account.id)
}

async function insert({ act, isDryRun }: ImportStep, user: UserRow, email: string): Promise<string> {
  if (isDryRun) return newId("usr")
  const { role = "agent", name, isActive } = user
  const { id } = await createUser(act, { email, name: name || email, role })
  if (isActive === false) await disableUser(act, id)
  return id
}

async function accountsOf({ act, isDryRun }: ImportStep, emails: string[], ids: string[]): Promise<Staff> {
  const { rows } = await sql<{ id: string; email: string; isStaff: boolean; isActive: boolean }>`
    select id, lower(email) as email, role <> 'user' as is_staff, disabled_at is null as is_active from users
    where lower(email) = any(${emails}::text[]) or id = any(${ids}::text[])`.execute(act.tx)
  const accounts = rows.map(({ id, email, isStaff, isActive }) => [email, isStaff ? { id, isActive } : null] as const)
  const byId = accounts.flatMap(([, account]) => (account ? [[account.id, account] as const] : []))
  const staff = { byEmail: new Map(accounts), byId: new Map(byId) }
  if (isDryRun) await addDryRunAccounts(act, staff, [...emails, ...ids])
  return staff
}

/** Under which a dry run knows an account again, by its e-mail or its id. */
const accountKey = (word: string, isActive: boolean) =>
  recordKey("", "person", `${isActive ? "active" : "disabled"} account ${word}`)

function saveDryRunAccount({ made }: ImportStep, email: string, { id, isActive }: StaffAccount): void {
  for (const word of [email, id]) made.push({ key: accountKey(word, isActive), id, identityId: null, parentKey: null })
}

/** What earlier batches of a dry run would have made. */
async function addDryRunAccounts(act: Act, { byEmail, byId }: Staff, words: readonly string[]): Promise<void> {
  const asked = words.flatMap((word) =>
    [true, false].map((isActive) => ({ word, isActive, key: accountKey(word, isActive) })),
  )
  const keys = asked.map(({ key }) => key)
  const seen = await knownRecords(act, keys, true)
  for (const { word, isActive, key } of asked) {
    const id = seen.get(key)?.id
    if (id !== undefined) (word === id ? byId : byEmail).set(word, { id, isActive })
  }
}

/** Whose account it is, by their id there or by e-mail. */
export function staffOf(
  { idSpace, known }: ImportStep,
  staff: Staff,
  ref: { id?: string | undefined; email?: string | undefined },
) {
  const key = personKey(idSpace, ref)
  const imported = key === null ? undefined : known.get(key)
  if (imported) return imported.id.startsWith("usr_") ? (staff.byId.get(imported.id) ?? null) : null
  return (ref.email === undefined ? null : staff.byEmail.get(ref.email.trim().toLowerCase())) ?? null
}
