// hilo mail [retry|drop [ID …]] [--json]: mail that was tried and did not leave; retried, or dropped.
import { inTransaction, system } from "#kernel/act.ts"
import { databaseNow } from "#kernel/database/database-clock.ts"
import { dropMails, retryMails, unsentMails } from "#kernel/mail/unsent-mails.ts"
import type { CliDeps } from "./cli-deps-and-usage-error.ts"
import { parseRetryOrDrop, printRows } from "./list-retry-or-drop-subcommands.ts"

export const usage = "hilo mail [--json] | mail retry [ID …] | mail drop ID …"

/** Without ids `retry` takes all that failed or waits for its next try. */
export async function run(args: string[], { db, print, now }: CliDeps): Promise<void> {
  const { act: wish, ids, isJson } = parseRetryOrDrop(args, usage)
  if (wish === "list")
    return printRows(print, isJson, await unsentMails(db), (mail) => [
      mail.id,
      mail.state,
      mail.reason,
      mail.createdAt,
      mail.recipient,
    ])
  const treat = wish === "retry" ? retryMails : dropMails
  const count = await inTransaction(db, { actor: system, now: now?.() ?? (await databaseNow(db)) }, (act) =>
    treat(act, ids),
  )
  print(`${count} ${wish === "retry" ? "tried again" : "let go of"}.`)
}
