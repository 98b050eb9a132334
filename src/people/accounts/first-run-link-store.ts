import type { Act } from "#kernel/act.ts"

export async function replaceSetupLink(act: Act, tokenHash: string) {
  await act.tx.deleteFrom("setupLinks").where("usedAt", "is", null).execute()
  await act.tx.insertInto("setupLinks").values({ tokenHash, createdAt: act.now }).execute()
}

/** True when the link was open and is used up now. */
export async function spendSetupLink(act: Act, tokenHash: string, madeAfter: Date): Promise<boolean> {
  const row = await act.tx
    .updateTable("setupLinks")
    .set({ usedAt: act.now })
    .where("tokenHash", "=", tokenHash)
    .where("usedAt", "is", null)
    .where("createdAt", ">", madeAfter)
    .returning("tokenHash")
    .executeTakeFirst()
  return row !== undefined
}
