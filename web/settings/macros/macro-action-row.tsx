import { useQuery } from "@tanstack/react-query"
import { X } from "lucide-react"
import { useTexts } from "../../lib/language.tsx"
import type { MacroAction } from "../../macros/macro-types-and-variables.ts"
import { categoriesQuery } from "../../tickets/fields/category-queries.ts"
import { Button } from "../../ui/button.tsx"
import { CheckboxField, SelectField, InputField } from "../../ui/form-fields.tsx"
import { isDisabled, useStaffAndTeams } from "../../people/user-and-team-queries.ts"

export const macroActionTypes = [
  "status",
  "priority",
  "assign",
  "team",
  "addTags",
  "removeTags",
  "snooze",
  "categories",
] as const satisfies MacroAction["type"][]
type Type = MacroAction["type"]

const priorities = ["low", "medium", "high", "urgent"] as const
const statuses = ["open", "pending", "in_progress", "resolved", "closed"] as const

const starts: { [T in Type]: Extract<MacroAction, { type: T }> } = {
  status: { type: "status", value: "pending" },
  priority: { type: "priority", value: "high" },
  assign: { type: "assign", value: "me" },
  team: { type: "team", value: null },
  addTags: { type: "addTags", value: [] },
  removeTags: { type: "removeTags", value: [] },
  snooze: { type: "snooze", value: 60 },
  categories: { type: "categories", value: [] },
}
export const blankAction = (type: Type): MacroAction => starts[type]

interface Props {
  n: number
  action: MacroAction
  free: Type[]
  onChange: (action: MacroAction) => void
  onRemove: () => void
}

export function MacroActionRow({ n, action, free, onChange, onRemove }: Props) {
  const { t } = useTexts()
  return (
    <div className="grid grid-cols-[1fr_1fr_auto] items-start gap-2">
      <SelectField
        label={t("macros.action")}
        value={action.type}
        onChange={(event) => onChange(blankAction(event.target.value as Type))}
      >
        {[action.type, ...free].map((type) => (
          <option key={type} value={type}>
            {t(`macros.action.${type}`)}
          </option>
        ))}
      </SelectField>
      <MacroActionValue action={action} onChange={onChange} />
      <Button look="quiet" size="icon" className="mt-6" aria-label={t("entity.removeRow", { n })} onClick={onRemove}>
        <X />
      </Button>
    </div>
  )
}

type ValueProps = Pick<Props, "action" | "onChange">

/** What the action sets. */
export function MacroActionValue({ action, onChange }: ValueProps) {
  const { t } = useTexts()
  const label = t("entity.value")
  const { users, teams } = useStaffAndTeams()
  switch (action.type) {
    case "status":
    case "priority":
      return <WordChoice action={action} onChange={onChange} />
    case "assign":
    case "team": {
      const choices = action.type === "team" ? teams : users.filter((user) => !isDisabled(user) && user.role !== "user")
      return (
        <SelectField
          label={label}
          value={action.value ?? ""}
          onChange={(event) => onChange({ ...action, value: event.target.value || null })}
        >
          {action.type === "assign" && <option value="me">{t("entity.currentAgent")}</option>}
          <option value="">{t("entity.nobody")}</option>
          {choices.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </SelectField>
      )
    }
    case "snooze":
      return (
        <InputField
          label={label}
          type="number"
          min={1}
          required
          value={action.value}
          onChange={(event) => onChange({ ...action, value: Number(event.target.value) })}
        />
      )
    case "categories":
      return <CategoryChecks value={action.value} onChange={(value) => onChange({ ...action, value })} />
    default:
      return <Tags key={action.type} value={action.value} onChange={(value) => onChange({ ...action, value })} />
  }
}

interface WordProps {
  action: Extract<MacroAction, { type: "status" | "priority" }>
  onChange: (action: MacroAction) => void
}

function WordChoice({ action, onChange }: WordProps) {
  const { t, has } = useTexts()
  const nameOf = (value: string) => {
    const id = `${action.type}.${value}`
    return has(id) ? t(id) : value
  }
  return (
    <SelectField
      label={t("entity.value")}
      value={action.value}
      onChange={(event) => onChange({ ...action, value: event.target.value } as MacroAction)}
    >
      {(action.type === "status" ? statuses : priorities).map((value) => (
        <option key={value} value={value}>
          {nameOf(value)}
        </option>
      ))}
    </SelectField>
  )
}

function Tags({ value, onChange }: { value: string[]; onChange: (value: string[]) => void }) {
  const { t } = useTexts()
  return (
    <InputField
      label={t("entity.value")}
      hint={t("macros.tagsHint")}
      required
      defaultValue={value.join(", ")}
      onChange={(event) => onChange(event.target.value.split(",").flatMap((tag) => tag.trim() || []))}
    />
  )
}

function CategoryChecks({ value, onChange }: { value: string[]; onChange: (value: string[]) => void }) {
  const { t } = useTexts()
  const categories = useQuery(categoriesQuery).data?.items ?? []
  return (
    <fieldset>
      <legend className="text-sm font-strong">{t("entity.value")}</legend>
      {categories.map(({ id, name }) => (
        <CheckboxField
          key={id}
          label={name}
          checked={value.includes(id)}
          onChange={(event) => onChange(event.target.checked ? [...value, id] : value.filter((one) => one !== id))}
        />
      ))}
    </fieldset>
  )
}
