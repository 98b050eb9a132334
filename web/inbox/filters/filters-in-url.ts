// What a list may be narrowed by. It lives in the address under the API's own names, so that every list can be linked.
const fixedNames = [
  "phase",
  "status",
  "priority",
  "assignedTo",
  "teamId",
  "tag",
  "categoryId",
  "connectionId",
  "kind",
  "surveyScore",
  "slaState",
  "slaDueTo",
  "createdFrom",
  "createdTo",
  "updatedFrom",
  "updatedTo",
] as const
/** Or a field that the desk has made itself. */
export type FilterName = (typeof fixedNames)[number] | `customFields.${string}`
export type Filters = Partial<Record<FilterName, readonly string[]>>

/** As they stand in an address or in a saved view: one value plainly, several as a list. */
export type FilterParameters = Partial<Record<FilterName, string | string[]>>

const texts = (value: unknown): string[] => {
  const values = Array.isArray(value) ? value : [value]
  return values
    .filter((one) => ["string", "number", "boolean"].includes(typeof one))
    .map(String)
    .filter((one) => one !== "")
}

const isOwn = (name: string): name is `customFields.${string}` => /^customFields\../.test(name)

/** Every name one may ask for, when the desk has these fields of its own. */
export const filterNames = (ownKeys: readonly string[]): FilterName[] => [
  ...fixedNames,
  ...ownKeys.map((key) => `customFields.${key}` as const),
]

/** The names in force, always in the same order. */
export const activeFilterNames = (filters: Record<string, unknown>): FilterName[] =>
  [...fixedNames, ...Object.keys(filters).filter(isOwn).toSorted()].filter((name) => filters[name] !== undefined)

export function readFilters(written: Record<string, unknown>): Filters {
  const found = activeFilterNames(written).map((name) => [name, texts(written[name])] as const)
  return Object.fromEntries(found.filter(([, values]) => values.length > 0))
}

/** What else a saved view asks, which no chip shows: it holds as long as one stands in the view. */
export function unshownFilters(written: Record<string, unknown>): Record<string, readonly string[]> {
  const shown: string[] = ["q", ...activeFilterNames(written)]
  const others = Object.entries(written).filter(([name]) => !shown.includes(name))
  return Object.fromEntries(others.map(([name, value]) => [name, texts(value)]))
}

export function writeFilters(filters: Filters): FilterParameters {
  const written = activeFilterNames(filters).map((name) => {
    const [first, ...more] = filters[name] ?? []
    return [name, first !== undefined && more.length > 0 ? [first, ...more] : first] as const
  })
  return Object.fromEntries(written.filter(([, value]) => value !== undefined))
}

export const hasNoFilters = (filters: Filters) => Object.keys(filters).length === 0

/** The same questions, in whatever order they were asked. */
export function areSameFilters(one: Filters, other: Filters): boolean {
  const plain = (filters: Filters) =>
    JSON.stringify(
      activeFilterNames(filters).map((name) => [name, (filters[name] ?? []).toSorted((a, b) => (a < b ? -1 : 1))]),
    )
  return plain(one) === plain(other)
}

export function withFilter(filters: Filters, name: FilterName, values: readonly string[]): Filters {
  const { [name]: _old, ...others } = filters
  return values.length > 0 ? { ...others, [name]: values } : others
}
