// What makes two reports the same problem, for each kind of ticket: the only place where a thread key is put together, in
// TypeScript and, where a statement must do it, in SQL. A test compares the two.

/** With whom, a contact or a group, something is talked over on a connection. */
export const conversationKey = (connectionId: string, contactId: string) => `${connectionId}:${contactId}`

/** The same of two SQL expressions; null when one of them is. */
export const conversationKeySql = (connection: string, contact: string) => `${connection} || ':' || ${contact}`

/** A thread of mails on a connection; its writers change. */
export const mailThreadKey = (connectionId: string, threadId: string) => `${connectionId}:${threadId}`

/** What a caller of the API calls it; nobody else's key is ever the same. */
export const supportKey = (principalId: string, key: string) => `support:${principalId}:${key.trim()}`

/** What happened to a shipment, and with causes that have incidents of their own, why. */
export const incidentKey = ({ guia, trigger, cause }: { guia: string; trigger: string; cause: string | null }) =>
  ["incident", guia, trigger, ...(cause === null ? [] : [cause])].join(":")

/** The same of two SQL expressions, without a cause. */
export const incidentKeySql = (guia: string, trigger: string) => `'incident:' || ${guia} || ':' || ${trigger}`

export const guiaOfKey = (key: string) => key.split(":")[1] ?? ""

export const guiaOfKeySql = (key: string) => `split_part(${key}, ':', 2)`

/** What two linked systems are to agree on: the number of the one that records it, and of which business. */
export const mirroredKey = (pair: { workSystemId: string; recordSystemId: string; company: string; number: string }) =>
  ["mirrored", pair.workSystemId, pair.recordSystemId, pair.company, pair.number].join(":")
