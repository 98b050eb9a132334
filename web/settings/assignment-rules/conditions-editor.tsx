import { Plus } from "lucide-react"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { type RuleFieldChoice, useRuleFields } from "./condition-fields-and-text.ts"
import { ConditionRow } from "./condition-row.tsx"
import type { Condition } from "./rule-types-and-matching-tickets.ts"

interface Props {
  conditions: Condition[]
  /** What they may ask about; unless given, what assignment rules may. */
  fields?: RuleFieldChoice[]
  onChange: (conditions: Condition[]) => void
  /** What it means to have none. */
  none: string
  /** Which tickets they hold for, as they are written; null where that is shown elsewhere. */
  status: string | undefined | null
}

/** Conditions of a rule or a policy: all of them must hold. */
export function ConditionsEditor({ conditions, fields, onChange, none, status }: Props) {
  const { t } = useTexts()
  const usual = useRuleFields()
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 text-sm font-strong">{t("rules.conditions")}</legend>
      {conditions.length === 0 && <p className="text-muted">{none}</p>}
      {conditions.map((condition, i) => (
        <ConditionRow
          key={i}
          n={i + 1}
          condition={condition}
          fields={fields ?? usual}
          onChange={(next) => onChange(conditions.map((one, at) => (at === i ? next : one)))}
          onRemove={() => onChange(conditions.filter((_, at) => at !== i))}
        />
      ))}
      <Button
        className="justify-self-start"
        onClick={() => onChange([...conditions, { field: "priority", operator: "equals", value: "high" }])}
      >
        <Plus aria-hidden />
        {t("entity.add")}
      </Button>
      {status !== null && (
        <p role="status" className="min-h-5 text-sm text-muted">
          {status}
        </p>
      )}
    </fieldset>
  )
}
