import { useQuery } from "@tanstack/react-query"
import { X } from "lucide-react"
import type { CustomField } from "#tickets/fields/contract.ts"
import { useTexts } from "../lib/language.tsx"
import { categoriesQuery } from "../tickets/categories.ts"
import { Button } from "../ui/button.tsx"
import { Choice, Field } from "../ui/field.tsx"
import { connectionsQuery } from "./connections.ts"
import { usePeople } from "./people.ts"
import { type Condition, ruleFields, ruleOperators } from "./rules.ts"
import { shelfQuery } from "./shelf.tsx"

interface Props {
  n: number
  condition: Condition
  onChange: (condition: Condition) => void
  onRemove: () => void
}

export function ConditionRow({ n, condition, onChange, onRemove }: Props) {
  const { t } = useTexts()
  const own = useQuery(shelfQuery<CustomField>("custom-fields")).data?.items ?? []
  const fields = [...ruleFields, ...own.map(({ key }) => `customFields.${key}`)]
  return (
    <div className="grid grid-cols-[1fr_auto] items-start gap-2 border-b border-line pb-3">
      <div className="grid gap-2 sm:grid-cols-3">
        <Choice
          label={t("rules.field")}
          value={condition.field}
          onChange={(event) => onChange({ field: event.target.value, operator: "equals", value: "" })}
        >
          {fields.map((field) => (
            <option key={field} value={field}>
              {field}
            </option>
          ))}
        </Choice>
        <Choice
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
        </Choice>
        <Value condition={condition} onChange={onChange} />
      </div>
      <Button look="quiet" size="icon" className="mt-6" aria-label={t("shelf.removeRow", { n })} onClick={onRemove}>
        <X />
      </Button>
    </div>
  )
}

function Value({ condition, onChange }: Pick<Props, "condition" | "onChange">) {
  const { t } = useTexts()
  const choices = useChoices(condition.field)
  const { operator, value } = condition
  if (choices && operator !== "in" && operator !== "matches") {
    return (
      <Choice
        label={t("shelf.value")}
        value={String([value].flat()[0] ?? "")}
        onChange={(event) => onChange({ ...condition, value: event.target.value })}
      >
        <option value="" />
        {choices.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Choice>
    )
  }
  return (
    <Field
      label={t("shelf.value")}
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

const same = (values: string[]) => values.map((id) => ({ id, name: id }))

/** What a field may be, where that is a list of things with names. */
function useChoices(field: string): { id: string; name: string }[] | undefined {
  const { t } = useTexts()
  const { teams } = usePeople()
  const categories = useQuery(categoriesQuery).data?.items
  const connections = useQuery(connectionsQuery).data?.items
  switch (field) {
    case "priority":
      return (["low", "medium", "high", "urgent"] as const).map((id) => ({ id, name: t(`priority.${id}`) }))
    case "kind":
      return (["support", "conversation"] as const).map((id) => ({ id, name: t(`kind.${id}`) }))
    case "channel":
      return same(["web", "whatsapp", "email", "chat", "api", "phone"])
    case "teamId":
      return teams
    case "categoryId":
      return categories
    case "connectionId":
      return connections
    default:
      return undefined
  }
}
