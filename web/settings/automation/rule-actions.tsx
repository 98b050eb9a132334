import { Plus, X } from "lucide-react"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { SelectField } from "../../ui/form-fields.tsx"
import { macroActionTypes } from "../macros/macro-action-row.tsx"
import type { RuleAction } from "./automation-rule-types.ts"
import { blankRuleAction, RuleActionValue } from "./rule-action-value.tsx"
import { useActionName } from "./rule-in-words.ts"

type Type = RuleAction["type"]
const types: Type[] = [...macroActionTypes, "reply", "note"]

interface Props {
  actions: RuleAction[]
  errorOf: (path: string) => string | undefined
  onChange: (actions: RuleAction[]) => void
}

/** What the rule does, each type once. */
export function RuleActions({ actions, errorOf, onChange }: Props) {
  const { t } = useTexts()
  const free = types.filter((type) => !actions.some((action) => action.type === type))
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 text-sm font-strong">{t("macros.actions")}</legend>
      {actions.map((action, i) => (
        <Row
          key={action.type}
          n={i + 1}
          action={action}
          free={free}
          error={errorOf(`actions.${i}.value`)}
          onChange={(next) => onChange(actions.map((one, at) => (at === i ? next : one)))}
          onRemove={actions.length > 1 ? () => onChange(actions.filter((_, at) => at !== i)) : undefined}
        />
      ))}
      {free[0] && (
        <Button className="justify-self-start" onClick={() => onChange([...actions, blankRuleAction(free[0]!)])}>
          <Plus aria-hidden />
          {t("entity.add")}
        </Button>
      )}
    </fieldset>
  )
}

interface RowProps {
  n: number
  action: RuleAction
  free: Type[]
  error: string | undefined
  onChange: (action: RuleAction) => void
  onRemove: (() => void) | undefined
}

function Row({ n, action, free, error, onChange, onRemove }: RowProps) {
  const { t } = useTexts()
  const nameOf = useActionName()
  return (
    <div className="grid grid-cols-[1fr_auto] items-start gap-2 border-b border-line pb-3">
      <div className="grid gap-2 sm:grid-cols-2">
        <SelectField
          label={t("macros.action")}
          value={action.type}
          onChange={(event) => onChange(blankRuleAction(event.target.value as Type))}
        >
          {[action.type, ...free].map((type) => (
            <option key={type} value={type}>
              {nameOf(type)}
            </option>
          ))}
        </SelectField>
        <RuleActionValue action={action} error={error} onChange={onChange} />
      </div>
      {onRemove && (
        <Button look="quiet" size="icon" className="mt-6" aria-label={t("entity.removeRow", { n })} onClick={onRemove}>
          <X />
        </Button>
      )}
    </div>
  )
}
