// hilo user create --email EMAIL --name NAME --role ROLE [--password PASSWORD] [--json]
import { parseArgs } from "node:util"
import { inTransaction, system } from "#kernel/act.ts"
import { databaseNow } from "#kernel/database/database-clock.ts"
import type { Database } from "#kernel/db.ts"
import { newSecret } from "#kernel/ids.ts"
import {
  createUser as createAccount,
  emailField,
  hashPasswordOf,
  newPasswordField,
  type Role,
  roles,
} from "#people/index.ts"
import { isRole } from "./api-key.ts"
import { type CliDeps, inWords, UsageError } from "./cli-deps-and-usage-error.ts"

type NewAccount = { email: string; name: string; role: Role; password: string }

export async function createUser(db: Database, { password, ...account }: NewAccount, now?: Date) {
  const passwordHash = await hashPasswordOf(account, password, "--password").catch(inWords)
  return inTransaction(db, { actor: system, now: now ?? (await databaseNow(db)) }, (act) =>
    createAccount(act, { ...account, passwordHash }),
  )
}

export const usage = `hilo user create --email EMAIL --name NAME --role ${roles.join("|")} [--password PASSWORD] [--json]`

/** Without --password one is made up and shown this once. */
export async function run(args: string[], { db, print, now }: CliDeps): Promise<void> {
  const { values, positionals } = parsed(args, usage)
  const { name, role } = values
  if (positionals.join(" ") !== "create" || !name?.trim() || !isRole(role)) throw new UsageError(`Usage: ${usage}`)
  const email = emailField.safeParse(values.email)
  if (!email.success) throw new UsageError(`--email must be an e-mail address\nUsage: ${usage}`)
  const password = newPasswordField.safeParse(values.password ?? newSecret("", 15))
  if (!password.success) throw new UsageError(`--password ${password.error.issues[0]!.message}`)
  const account = { email: email.data, name: name.trim().slice(0, 200), role, password: password.data }
  const { id } = await createUser(db, account, now?.())
  const shown = values.password === undefined ? { password: account.password } : {}
  if (values.json) print(JSON.stringify({ id, email: account.email, role, ...shown }))
  else
    print(
      `${account.email} is ${role} now (${id}).${shown.password ? `\nPassword, shown this once: ${shown.password}` : ""}`,
    )
}

function parsed(args: string[], usage: string) {
  const text = { type: "string" } as const
  const options = { email: text, name: text, role: text, password: text, json: { type: "boolean" } } as const
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nUsage: ${usage}`)
  }
}
