import { queryOptions } from "@tanstack/react-query"
import type { MailboxHealth as OnServer } from "#channels/email/api-contract.ts"
import { get } from "../../../lib/api-client.ts"
import type { Json } from "../../../lib/json-type.ts"

export type MailboxHealth = Json<OnServer>

/** Asked again by itself: what is mended is mended at the provider, in another window. */
export const mailboxHealthQuery = (id: string) =>
  queryOptions({
    queryKey: ["mailbox-health", id],
    queryFn: ({ signal }) => get<MailboxHealth>(`/connections/${id}/health`, signal),
    refetchInterval: 30_000,
  })
