import { useQuery } from "@tanstack/react-query"
import { X } from "lucide-react"
import { useTexts } from "../lib/language.tsx"
import type { MacroAction } from "../macros/macro.ts"
import { categoriesQuery } from "../tickets/categories.ts"
import { Button } from "../ui/button.tsx"
import { Check, Choice, Field } from "../ui/field.tsx"
import { isDisabled, usePeople } from "./people.ts"

export const actionTypes = [
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
export const firstOf = (type: Type): MacroAction => starts[type]

interface Props {
  n: number
  action: MacroAction
  free: Type[]
  onChange: (action: MacroAction) => void
  onRemove: () => void
}

export function ActionRow({ n, action, free, onChange, onRemove }: Props) {
  const { t } = useTexts()
  return (
    <div className="grid grid-cols-[1fr_1fr_auto] items-start gap-2">
      <Choice
        label={t("macros.action")}
        value={action.type}
        onChange={(event) => onChange(firstOf(event.target.value as Type))}
      >
        {[action.type, ...free].map((type) => (
          <option key={type} value={type}>
            {t(`macros.action.${type}`)}
          </option>
        ))}
      </Choice>
      <Value action={action} onChange={onChange} />
      <Button look="quiet" size="icon" className="mt-6" aria-label={t("shelf.removeRow", { n })} onClick={onRemove}>
        <X />
      </Button>
    </div>
  )
}

type ValueProps = Pick<Props, "action" | "onChange">

function Value({ action, onChange }: ValueProps) {
  const { t } = useTexts()
  const label = t("shelf.value")
  const { users, teams } = usePeople()
  switch (action.type) {
    case "status":
    case "priority":
      return <WordChoice action={action} onChange={onChange} />
    case "assign":
    case "team": {
      const choices = action.type === "team" ? teams : users.filter((user) => !isDisabled(user) && user.role !== "user")
      return (
        <Choice
          label={label}
          value={action.value ?? ""}
          onChange={(event) => onChange({ ...action, value: event.target.value || null })}
        >
          {action.type === "assign" && <option value="me">{t("shelf.me")}</option>}
          <option value="">{t("shelf.none")}</option>
          {choices.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Choice>
      )
    }
    case "snooze":
      return (
        <Field
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
    <Choice
      label={t("shelf.value")}
      value={action.value}
      onChange={(event) => onChange({ ...action, value: event.target.value } as MacroAction)}
    >
      {(action.type === "status" ? statuses : priorities).map((value) => (
        <option key={value} value={value}>
          {nameOf(value)}
        </option>
      ))}
    </Choice>
  )
}

function Tags({ value, onChange }: { value: string[]; onChange: (value: string[]) => void }) {
  const { t } = useTexts()
  return (
    <Field
      label={t("shelf.value")}
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
      <legend className="text-sm font-strong">{t("shelf.value")}</legend>
      {categories.map(({ id, name }) => (
        <Check
          key={id}
          label={name}
          checked={value.includes(id)}
          onChange={(event) => onChange(event.target.checked ? [...value, id] : value.filter((one) => one !== id))}
        />
      ))}
    </fieldset>
  )
}
