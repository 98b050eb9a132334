import type { AgreementState } from "#agreements/api-contract.ts"

/** Without a state: all that disagree. */
export interface BoardFilter {
  state?: AgreementState
  company?: string
}

/** Where the two systems do not agree, or a lead should look. */
export const unsettledStates = ["awaiting", "acting", "disagreed", "escalated"] as const satisfies AgreementState[]
const states: readonly AgreementState[] = [...unsettledStates, "agreed_open", "agreed_closed"]

export const statesOf = ({ state }: BoardFilter): readonly AgreementState[] => (state ? [state] : unsettledStates)

/** What the address says of the board; anything else in it is passed over. */
export function readBoardFilter(search: Record<string, unknown>): BoardFilter {
  const state = states.find((one) => one === search["state"])
  const company = search["company"]
  const hasCompany = (typeof company === "string" || typeof company === "number") && company !== ""
  return { ...(state && { state }), ...(hasCompany && { company: String(company).slice(0, 200) }) }
}
