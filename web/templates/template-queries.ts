import { queryOptions } from "@tanstack/react-query"
import { get } from "../lib/api-client.ts"
import type { Json } from "../lib/json-type.ts"
import type { Template as Stored, TemplateUse as UseOnServer } from "#connections/api-contract.ts"

export type Template = Json<Stored>
/** Which template, and one value for each of its placeholders in their order. */
export type TemplateUse = UseOnServer & { parameters: string[] }

export const templatesQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ["connection", connectionId, "templates"],
    queryFn: ({ signal }) => get<{ items: Template[] }>(`/connections/${connectionId}/templates`, signal),
    staleTime: 60_000,
  })
