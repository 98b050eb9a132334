import { queryOptions } from "@tanstack/react-query"
import { get } from "../lib/api-client.ts"
import type { Template as Stored } from "#connections/contract.ts"

/** As JSON brings it. */
export type Template = Omit<Stored, "syncedAt"> & { syncedAt: string }

/** Which template, and one value for each of its placeholders in their order. */
export interface TemplateUse {
  name: string
  language: string
  parameters: string[]
}

export const templatesQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ["connection", connectionId, "templates"],
    queryFn: ({ signal }) => get<{ items: Template[] }>(`/connections/${connectionId}/templates`, signal),
    staleTime: 60_000,
  })
