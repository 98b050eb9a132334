import { useInfiniteQuery } from "@tanstack/react-query"
import type { AuditEntry as Told, AuditSubject } from "#audit/api-contract.ts"
import type { Json } from "../../lib/json-type.ts"
import { get, queryString, type Page } from "../../lib/api-client.ts"

export type AuditEntry = Json<Told>

export const auditSubjects = [
  "user",
  "team",
  "key",
  "connection",
  "setting",
  "calendar",
  "sla_policy",
  "category",
  "custom_field",
  "rule",
  "automation_rule",
  "view",
  "macro",
  "saved_reply",
  "campaign",
  "linked_system",
  "carrier_word",
  "doctor",
  "export",
  "import",
  "contact",
] as const satisfies AuditSubject[]

export interface AuditFilters {
  kind: AuditSubject | ""
  actor: string
  from: string
  to: string
}

export function useAudit({ kind, actor, from, to }: AuditFilters) {
  const wanted = { ...(kind && { kind }), ...(actor && { actor }), ...(from && { from }), ...(to && { to }) }
  return useInfiniteQuery({
    queryKey: ["audit", wanted],
    queryFn: ({ pageParam, signal }) =>
      get<Page<AuditEntry>>(`/audit${queryString({ ...wanted, ...(pageParam && { cursor: pageParam }) })}`, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
}
