// What readers of other tools' exports have in common: values that may be there or not, of a type that nobody promises.
export type Value = Record<string, unknown>

/** Text of a text or number; undefined for everything else and for nothing. */
export function text(value: unknown): string | undefined {
  if (typeof value === "number" && Number.isFinite(value)) return String(value)
  return typeof value === "string" && value.trim() !== "" ? value : undefined
}

export const object = (value: unknown): Value =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Value) : {}

export const objects = (value: unknown): Value[] =>
  Array.isArray(value) ? value.filter((one) => one !== null && typeof one === "object") : []

const marks = { true: new Set(["true", "yes", "1", "t"]), false: new Set(["false", "no", "0", "f"]) }

/** As programs, databases and tables write it; undefined: it is neither. */
export function trueOrFalse(value: unknown): boolean | undefined {
  const said = (typeof value === "boolean" ? String(value) : (text(value) ?? "")).trim().toLowerCase()
  return marks.true.has(said) ? true : marks.false.has(said) ? false : undefined
}

export const isTrue = (value: unknown) => trueOrFalse(value) === true

/** Whether an account is active, as `active` has it: not when it is locked, by whatever is not a no. */
export const activeUnless = (locked: unknown, active: unknown): unknown =>
  trueOrFalse(locked ?? false) === false ? active : false

/** ISO 8601 of an instant that is a text, or seconds since 1970; what is neither stays, for the report to say so. */
export function instant(value: unknown): unknown {
  const seconds = typeof value === "number" ? value : /^\d{9,11}$/.test(String(value)) ? Number(value) : null
  if (seconds === null) return typeof value === "string" ? text(value) : (value ?? undefined)
  const at = new Date(seconds * 1_000)
  return Number.isNaN(at.getTime()) ? String(value) : at.toISOString()
}

/** Fields that have a value: Hilo's format knows no empty ones. */
export const given = (fields: Value): Value =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)))

const isEmpty = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === "" ||
  (typeof value === "object" && !(value instanceof Date) && Object.keys(value).length === 0)

/** The word that stands for another tool's word or number; itself where it is none of these, for the report to say so. */
export function wordFor(words: Record<string, string>, value: unknown): string | undefined {
  const said = text(value)?.trim().toLowerCase()
  return said === undefined ? undefined : Object.hasOwn(words, said) ? words[said] : said
}

/** Elements of pages of an API: `{tickets: […], next_page}` and its like. */
export const elementsOf = (value: Value, ...names: string[]): Value[] => names.flatMap((name) => objects(value[name]))
