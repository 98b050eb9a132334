// hilo key create --name NAME --role ROLE [--user EMAIL] [--connection ID]… [--json]
import { parseArgs } from "node:util"
import { type Act, inTransaction, system } from "#kernel/act.ts"
import { databaseNow } from "#kernel/database/database-clock.ts"
import type { Database } from "#kernel/db.ts"
import { newSecret } from "#kernel/ids.ts"
import { type CliDeps, inWords, UsageError } from "./cli-deps-and-usage-error.ts"
import { createKey as createKeyFor, createUser, emailField, type Role, roles, userByEmail } from "#people/index.ts"

type KeyRequest = { name: string; role: Role; userEmail?: string | undefined; connectionIds?: string[] | undefined }

/** Makes the key and, if need be, the user who acts through it. A user who exists keeps the role they have. */
export async function createKey(db: Database, wanted: KeyRequest, now?: Date) {
  return inTransaction(db, { actor: system, now: now ?? (await databaseNow(db)) }, async (act) => {
    const userId = await actingUser(act, wanted)
    const { name, role, connectionIds } = wanted
    const { key, id } = await createKeyFor(act, { name, role, userId, connectionIds }).catch(inWords)
    return { key, id, userId }
  })
}

async function actingUser(act: Act, { name, role, userEmail }: KeyRequest): Promise<string> {
  const existing = userEmail === undefined ? undefined : await userByEmail(act.tx, userEmail)
  if (existing?.disabledAt) throw new UsageError(`${existing.email} is switched off`)
  if (existing) return existing.id
  const email = userEmail ?? `${addressPart(name)}-${newSecret("", 6).replace(/\W|_/g, "x").toLowerCase()}@keys.invalid`
  return (await createUser(act, { email, name: userEmail?.split("@")[0] ?? name, role })).id
}

// The account of a key without a user gets an address nobody can have.
const addressPart = (name: string) =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "")
    .toLowerCase() || "key"

export const usage = `hilo key create --name NAME --role ${roles.join("|")} [--user EMAIL] [--connection ID]… [--json]`

export async function run(args: string[], { db, print, now }: CliDeps): Promise<void> {
  const { values, positionals } = parsed(args, usage)
  const { name, role, user, connection: connectionIds } = values
  if (positionals.join(" ") !== "create" || !name?.trim() || !isRole(role)) throw new UsageError(`Usage: ${usage}`)
  const email = user === undefined ? undefined : emailField.safeParse(user)
  if (email?.success === false) throw new UsageError(`${user} is not an e-mail address`)
  const wanted = { name: name.trim().slice(0, 100), role, userEmail: email?.data, connectionIds }
  const made = await createKey(db, wanted, now?.())
  if (values.json) print(JSON.stringify(made))
  else print(`${made.key}\n\nThis is ${made.id}, acting as ${made.userId}. Keep the key now: only its hash is stored.`)
}

function parsed(args: string[], usage: string) {
  const options = {
    name: { type: "string" },
    role: { type: "string" },
    user: { type: "string" },
    connection: { type: "string", multiple: true },
    json: { type: "boolean" },
  } as const
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nUsage: ${usage}`)
  }
}

export const isRole = (text: string | undefined): text is Role =>
  (roles as readonly (string | undefined)[]).includes(text)
