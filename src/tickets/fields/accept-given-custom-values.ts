import type { Act } from "#kernel/act.ts"
import { Refusal } from "#kernel/errors.ts"
import { can, type Principal } from "#people/index.ts"
import type { TicketKind } from "../lifecycle/lifecycle-table.ts"
import { fieldsOfKind } from "./custom-field-store.ts"
import { checkFields, type GivenFields, type Values, type FieldProblem } from "./validate-field-values.ts"

/** The values with which a support ticket opens. Customers give and must give public fields only (else 403). */
export async function valuesForNewTicket(act: Act, who: Principal, given: GivenFields): Promise<Values> {
  const all = await fieldsOfKind(act, "support")
  const isStaff = can.beStaff(who)
  const fields = isStaff ? all : all.filter((field) => field.isPublic)
  const hidden = isStaff ? undefined : Object.keys(given).find((key) => !fields.some((field) => field.key === key))
  if (hidden !== undefined)
    throw new Refusal("forbidden", "forbidden", `customFields.${hidden}: only staff may give this`)
  return refusingWrong(checkFields({ fields, given, before: {} }))
}

/** The values that a ticket is to have in the place of those it has. */
export async function changedValues(act: Act, ticket: FieldsOfKind, given: GivenFields): Promise<Values> {
  const fields = await fieldsOfKind(act, ticket.kind)
  return refusingWrong(checkFields({ fields, given, before: ticket.customFields }))
}

type FieldsOfKind = { kind: TicketKind; customFields: Record<string, unknown> }

function refusingWrong({ values, wrong }: { values: Values; wrong: FieldProblem[] }): Values {
  if (wrong.length === 0) return values
  const detail = wrong.map(({ path, message }) => `${path}: ${message}`).join("; ")
  throw new Refusal("invalid", "invalid", detail.slice(0, 1_000), { errors: wrong })
}
