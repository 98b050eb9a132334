/** Which of the given fields differ from what is stored. A field that was not given does not. */
export function changedNames(given: Record<string, unknown>, before: Record<string, unknown>): string[] {
  return Object.keys(given).filter((key) => given[key] !== undefined && given[key] !== before[key])
}

type DefinedFields<T> = { [K in keyof T]: Exclude<T[K], undefined> }

export function withoutUndefined<T extends object>(given: T): Partial<DefinedFields<T>> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<
    DefinedFields<T>
  >
}
