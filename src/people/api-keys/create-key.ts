import { recordAdminAct } from "#event-log/index.ts"
import type { Act } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import { newId, newSecret } from "#kernel/ids.ts"
import { tokenHash } from "#kernel/secrets.ts"
import type { NewKey } from "../api-contract.ts"
import type { Role } from "../permissions/principal.ts"
import { insertKey, nonApiConnections } from "./key-store.ts"
import { lockUser } from "../accounts/user-store.ts"

type KeyRequest = { name: string; role: Role; userId: string; connectionIds?: string[] | undefined }

/** The answer is the only place where the key itself ever stands. It may do what the lower of both roles may. */
export async function createKey(act: Act, { connectionIds = [], ...given }: KeyRequest): Promise<NewKey> {
  const wanted = { ...given, connectionIds: [...new Set(connectionIds)] }
  const user = await lockUser(act, wanted.userId)
  if (!user || user.disabledAt !== null) throw invalidField("userId", "is not an enabled user")
  const other = await nonApiConnections(act, wanted.connectionIds)
  if (other !== undefined) throw invalidField("connectionIds", `${other} is not a connection of kind api`)
  const id = newId("key")
  const key = newSecret("hilo_")
  await insertKey(act, { ...wanted, id, keyHash: tokenHash(key), createdAt: act.now })
  const { name, ...data } = wanted
  await recordAdminAct(act, "key.created", {
    subjectId: id,
    name,
    after: wanted,
    fields: ["name", "role", "userId", "connectionIds"],
    data,
  })
  return { ...wanted, id, key, createdAt: act.now }
}
