export {
  type Condition,
  type ConditionFacts,
  failingConditions,
  customField,
  fields,
  hasOrder,
  operators,
  patternOf,
} from "./conditions.ts"
export { conditionFacts, type TicketFacts, ticketFactColumns } from "./condition-facts.ts"
