// What a column's definition says, part by part; and how a column that has become another is brought back without losing what it holds.
export type ColumnDefinition = {
  type: string
  isNotNull: boolean
  default: string | null
  /** Always computed from other columns. */
  generated: string | null
  identity: string | null
}

export function readColumn(definition: string): ColumnDefinition {
  const [, type, notNull, rest = ""] = /^(.*?)( not null)?( default [^]*| generated [^]*)?$/.exec(definition)!
  const isIdentity = rest.endsWith(" as identity")
  return {
    type: type!,
    isNotNull: notNull !== undefined,
    default: rest.startsWith(" default ") ? rest.slice(" default ".length) : null,
    generated: rest !== "" && !rest.startsWith(" default ") && !isIdentity ? rest.trim() : null,
    identity: isIdentity ? rest.trim() : null,
  }
}

/** SQL: the column's value as it reads in the other type; an empty text, which many tools write for nothing, is nothing. */
export function convertedSql(column: string, type: string): string {
  if (type === "text") return `${column}::text`
  const text = `nullif(btrim(${column}::text), '')`
  return type === "timestamp with time zone" ? instantSql(text) : `${text}::${type}`
}

/**
 * SQL: the instant that a text says. More than nine digits are the time since 1970, in seconds; in milliseconds from 100,000,000,000
 * on (as seconds that were the year 5138), and so on a thousandfold. What is neither fails.
 */
function instantSql(text: string): string {
  const number = String.raw`substring(${text} from '^\s*(\d+(?:\.\d+)?(?:e\+?\d+)?)\s*$')::numeric`
  const units = [17, 14, 11].map((digits, i) => `when ${number} >= 1e${digits} then 1e${9 - 3 * i}`).join(" ")
  return `coalesce(case when ${number} > 999999999 then to_timestamp((${number} / case ${units} else 1 end)::double precision) end,
    ${text}::timestamptz)`
}
