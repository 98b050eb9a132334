import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"

/** From now on the account is this contact. */
export async function linkUserToContact(act: Pick<Act, "tx">, userId: string, contactId: string): Promise<void> {
  await act.tx.updateTable("users").set({ contactId }).where("id", "=", userId).execute()
}

/** Two contacts became one: the account of the one is now the other's. `emails`: of the accounts with these alone. */
export async function moveAccounts(act: Pick<Act, "tx">, fromContact: string, toContact: string, emails?: string[]) {
  await act.tx
    .updateTable("users")
    .set({ contactId: toContact })
    .where("contactId", "=", fromContact)
    .$if(emails !== undefined, (q) => q.where(sql<boolean>`lower(email) = any(${emails}::text[])`))
    .execute()
}
