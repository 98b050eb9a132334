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
