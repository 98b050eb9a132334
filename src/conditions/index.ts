export { asIfSaved, unsavedId } from "./order-as-if-saved.ts"
export { type Condition, type ConditionFacts, failingConditions, customField } from "./evaluate-conditions.ts"
export { conditionFacts, type TicketFacts, ticketFactColumns } from "./condition-facts.ts"
