import { queryOptions } from "@tanstack/react-query"
import { getAll } from "../../lib/api-client.ts"
import type { Kind } from "../ticket.ts"

export interface CustomField {
  id: string
  key: string
  label: string
  type: "text" | "number" | "boolean" | "date" | "select" | "multi_select"
  options: string[]
  required: boolean
  isPublic: boolean
  kinds: Kind[]
}

export type FieldValue = string | number | boolean | string[]
export type FieldValues = Record<string, FieldValue>

export const customFieldsQuery = queryOptions({
  queryKey: ["custom-fields"],
  queryFn: ({ signal }) => getAll<CustomField>("/custom-fields", signal),
  staleTime: 60_000,
})
