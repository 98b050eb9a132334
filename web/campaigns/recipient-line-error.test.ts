import assert from "node:assert/strict"
import { test } from "node:test"
import { recipientLineError } from "./recipient-line-error.ts"

const cases: [string, string | null, string][] = [
  ["phone: must begin with + and the code of its country, for …", "recipients.badPhone", ""],
  ["phone: must be a number of CO, or begin with + and the code of its country", "recipients.badPhoneOf", "CO"],
  ["pedido: is empty", "recipients.emptyColumn", "pedido"],
  ["must name the columns, one of them phone", "recipients.noPhoneColumn", ""],
  ["must be at most 10000 lines", "recipients.tooMany", "10000"],
  ["is not CSV: a quote is not closed, or stands where none may", "recipients.notCsv", ""],
  ["something new", null, ""],
]

for (const [message, id, column] of cases)
  test(`"${message}" is said by ${id ?? "itself"}`, () => assert.deepEqual(recipientLineError(message), { id, column }))
