// What the commands for dead jobs and unsent mail have in common: the words they take, and how they list.
import { parseArgs } from "node:util"
import { UsageError } from "./cli-deps-and-usage-error.ts"

export type RetryOrDrop = { act: "list" | "retry" | "drop"; ids: string[]; isJson: boolean }

/** Throws `Misuse` with the usage where the words are others. To drop something its id must be named. */
export function parseRetryOrDrop(args: string[], usage: string): RetryOrDrop {
  const { values, positionals } = parsed(args, usage)
  const [act = "list", ...ids] = positionals
  const isKnown = act === "list" || act === "retry" || act === "drop"
  if (!isKnown || (act === "list" && ids.length > 0) || (act === "drop" && ids.length === 0))
    throw new UsageError(`Usage: ${usage}`)
  return { act, ids, isJson: values.json ?? false }
}

function parsed(args: string[], usage: string) {
  try {
    return parseArgs({ args, options: { json: { type: "boolean" } }, allowPositionals: true })
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nUsage: ${usage}`)
  }
}

type Cell = string | Date | null

export function printRows<Row>(
  print: (line: string) => void,
  isJson: boolean,
  rows: Row[],
  cells: (row: Row) => Cell[],
) {
  if (isJson) return print(JSON.stringify(rows))
  if (rows.length === 0) return print("Nothing waits.")
  for (const row of rows)
    print(
      cells(row)
        .map((cell) => (cell instanceof Date ? cell.toISOString() : (cell ?? "-")))
        .join("  "),
    )
}
