import type { Act } from "#kernel/act.ts"
import type { Identity } from "./normalize-address.ts"
import { storedIdentity } from "./identity-store.ts"
import { type MarketingPreference, saveMarketingPreference } from "../marketing-consent.ts"

/** One address has become another: what is said to the person from now on goes there, and what they want none of stays. */
export async function replaceIdentity(act: Act, before: Identity, after: Identity): Promise<void> {
  const [from, to] = [await storedIdentity(act, before), await storedIdentity(act, after)]
  if (!from || !to || from.id === to.id) return
  const set = { replacedBy: to.id, replacedAt: act.now }
  const said = await act.tx
    .updateTable("contactIdentities")
    .set(set)
    .where("id", "=", from.id)
    .returning(["wantsMarketing", "marketingSaidAt", "marketingSaidBy"])
    .executeTakeFirstOrThrow()
  if (said.wantsMarketing || !said.marketingSaidAt) return
  const by = said.marketingSaidBy as MarketingPreference["by"]
  await saveMarketingPreference(act, [to.id], { wants: false, by, at: said.marketingSaidAt })
}
