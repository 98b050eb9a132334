import type { z } from "zod"
import type { Act } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"
import { record } from "#event-log/index.ts"
import type { createBody } from "./api-contract.ts"
import { replaceIdentities } from "./identities/change-identities.ts"
import { insertContact } from "./contact-store.ts"

/** Makes a person known before they write. Returns their id. */
export async function createContact(
  act: Act,
  { identities = [], ...fields }: z.output<typeof createBody>,
): Promise<string> {
  const id = newId("ctc")
  const { name, tier = null, language = null, customFields = {}, note = "" } = fields
  await insertContact(act, { id, name, tier, language, customFields, note })
  await record(act, "contact.created", { subjectId: id })
  await replaceIdentities(act, { id, isGroup: false }, identities)
  return id
}
