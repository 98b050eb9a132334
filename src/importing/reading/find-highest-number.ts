import { ownNumber } from "../writing/keep-or-replace-ticket-numbers.ts"
import type { Source } from "../sources/source.ts"
import type { InputValue } from "./input-value-type.ts"
import { recordsOf } from "./read-records.ts"

/** The highest number that tickets of the input may keep; 0: none. Nothing else of them is looked at: this is a reading of its own. */
export async function findHighestNumber(
  values: AsyncIterable<InputValue>,
  source: Source,
  signal: AbortSignal | undefined,
): Promise<number> {
  let highest = 0
  for await (const { line, value } of values) {
    signal?.throwIfAborted()
    if (value === undefined) continue
    for (const { type, number } of recordsOf(source, value, line, () => {}))
      if (type === "ticket") highest = Math.max(highest, ownNumber(String(number)) ?? 0)
  }
  return highest
}
