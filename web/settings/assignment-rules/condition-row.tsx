import { X } from "lucide-react"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { SelectField, InputField } from "../../ui/form-fields.tsx"
import { type RuleFieldChoice, useFieldChoices } from "./condition-fields-and-text.ts"
import { type Condition, ruleOperators } from "./rule-types-and-matching-tickets.ts"

interface Props {
  n: number
  condition: Condition
  fields: RuleFieldChoice[]
  onChange: (condition: Condition) => void
  onRemove: () => void
}

export function ConditionRow({ n, condition, fields, onChange, onRemove }: Props) {
  const { t } = useTexts()
  return (
    <div className="grid grid-cols-[1fr_auto] items-start gap-2 border-b border-line pb-3">
      <div className="grid gap-2 sm:grid-cols-3">
        <SelectField
          label={t("rules.field")}
          value={condition.field}
          onChange={(event) => onChange({ field: event.target.value, operator: "equals", value: "" })}
        >
          {fields.map(({ field, label }) => (
            <option key={field} value={field}>
              {label}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("rules.operator")}
          value={condition.operator}
          onChange={(event) => {
            const operator = event.target.value as Condition["operator"]
            const text = [condition.value].flat()[0] ?? ""
            onChange({ ...condition, operator, value: operator === "in" ? [text] : text })
          }}
        >
          {ruleOperators.map((operator) => (
            <option key={operator} value={operator}>
              {t(`rules.operator.${operator}`)}
            </option>
          ))}
        </SelectField>
        <Value condition={condition} onChange={onChange} />
      </div>
      <Button look="quiet" size="icon" className="mt-6" aria-label={t("entity.removeRow", { n })} onClick={onRemove}>
        <X />
      </Button>
    </div>
  )
}

function Value({ condition, onChange }: Pick<Props, "condition" | "onChange">) {
  const { t } = useTexts()
  const choices = useFieldChoices()(condition.field)
  const { operator, value } = condition
  if (choices && operator !== "in" && operator !== "matches") {
    return (
      <SelectField
        label={t("entity.value")}
        value={String([value].flat()[0] ?? "")}
        onChange={(event) => onChange({ ...condition, value: event.target.value })}
      >
        <option value="" />
        {choices.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
    )
  }
  return (
    <InputField
      label={t("entity.value")}
      hint={operator === "in" ? t("macros.tagsHint") : undefined}
      value={[value].flat().join(", ")}
      onChange={({ target }) =>
        onChange({
          ...condition,
          value: operator === "in" ? target.value.split(",").map((one) => one.trim()) : target.value,
        })
      }
    />
  )
}
