// What a list may be narrowed by. It lives in the address under the API's own names, so that every list can be linked.
export const filterNames = [
  "phase",
  "status",
  "priority",
  "assignedTo",
  "teamId",
  "tag",
  "categoryId",
  "connectionId",
  "kind",
  "createdFrom",
  "createdTo",
  "updatedFrom",
  "updatedTo",
] as const
export type FilterName = (typeof filterNames)[number]
export type Filters = Partial<Record<FilterName, readonly string[]>>

/** As they stand in an address or in a saved view: one value plainly, several as a list. */
export type WrittenFilters = Partial<Record<FilterName, string | string[]>>

const texts = (value: unknown): string[] => {
  const values = Array.isArray(value) ? value : [value]
  return values
    .filter((one) => ["string", "number", "boolean"].includes(typeof one))
    .map(String)
    .filter((one) => one !== "")
}

export function readFilters(written: Record<string, unknown>): Filters {
  const found = filterNames.map((name) => [name, texts(written[name])] as const)
  return Object.fromEntries(found.filter(([, values]) => values.length > 0))
}

export function writeFilters(filters: Filters): WrittenFilters {
  const some = Object.entries(filters).filter(([, values]) => values.length > 0)
  return Object.fromEntries(some.map(([name, values]) => [name, values.length === 1 ? values[0] : [...values]]))
}

export const isEmpty = (filters: Filters) => Object.keys(filters).length === 0

/** The same questions, in whatever order they were asked. */
export function isSame(one: Filters, other: Filters): boolean {
  const plain = (filters: Filters) =>
    JSON.stringify(filterNames.map((name) => (filters[name] ?? []).toSorted((a, b) => (a < b ? -1 : 1))))
  return plain(one) === plain(other)
}

export function withFilter(filters: Filters, name: FilterName, values: readonly string[]): Filters {
  const { [name]: _old, ...others } = filters
  return values.length > 0 ? { ...others, [name]: values } : others
}
