import { queryOptions } from "@tanstack/react-query"
import type { CustomField as OnServer } from "#tickets/fields/api-contract.ts"
import type { Json } from "../../lib/json-type.ts"
import { getAll } from "../../lib/api-client.ts"

export type CustomField = Json<OnServer>

export type FieldValue = string | number | boolean | string[]
export type FieldValues = Record<string, FieldValue>

export const customFieldsQuery = queryOptions({
  queryKey: ["custom-fields"],
  queryFn: ({ signal }) => getAll<CustomField>("/custom-fields", signal),
  staleTime: 60_000,
})
