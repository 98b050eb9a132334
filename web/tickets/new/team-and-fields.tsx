import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../../lib/language.tsx"
import { isDisabled, teamIdsOf, useStaffAndTeams } from "../../people/user-and-team-queries.ts"
import { CheckboxGroup, SelectField } from "../../ui/form-fields.tsx"
import { categoriesQuery } from "../fields/category-queries.ts"
import { CustomFieldInput } from "../fields/custom-field-input.tsx"
import { customFieldsQuery, type FieldValue } from "../fields/custom-field-queries.ts"
import type { Priority } from "../ticket.ts"
import type { NewTicketForm } from "./new-ticket-form-type.ts"

interface Props {
  form: NewTicketForm
  set: (change: Partial<NewTicketForm>) => void
  errorOf: (path: string) => string | undefined
}

const priorities = ["low", "medium", "high", "urgent"] as const

/** Where it belongs: priority, team, agent, categories, custom fields. */
export function TeamAndFields({ form, set, errorOf }: Props) {
  const { t } = useTexts()
  const { users, teams } = useStaffAndTeams()
  const agents = users.filter(
    (user) => user.role !== "user" && !isDisabled(user) && (!form.teamId || teamIdsOf(user).includes(form.teamId)),
  )
  return (
    <>
      <SelectField
        label={t("details.priority")}
        value={form.priority}
        onChange={({ target }) => set({ priority: target.value as Priority })}
      >
        {priorities.map((priority) => (
          <option key={priority} value={priority}>
            {t(`priority.${priority}`)}
          </option>
        ))}
      </SelectField>
      <div className="grid gap-2 sm:grid-cols-2">
        <SelectField
          label={t("ticket.team")}
          value={form.teamId}
          error={errorOf("teamId")}
          onChange={({ target }) => set({ teamId: target.value, assigneeId: "" })}
        >
          <option value="">{t("newTicket.automatic")}</option>
          {teams.map((team) => (
            <option key={team.id} value={team.id}>
              {team.name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("ticket.assignee")}
          value={form.assigneeId}
          error={errorOf("assigneeId")}
          onChange={({ target }) => set({ assigneeId: target.value })}
        >
          <option value="">{t("newTicket.automatic")}</option>
          {agents.map((user) => (
            <option key={user.id} value={user.id}>
              {user.name}
            </option>
          ))}
        </SelectField>
      </div>
      <Categories chosen={form.categoryIds} onChange={(categoryIds) => set({ categoryIds })} />
      <Fields form={form} set={set} errorOf={errorOf} />
    </>
  )
}

function Categories({ chosen, onChange }: { chosen: string[]; onChange: (ids: string[]) => void }) {
  const { t } = useTexts()
  const categories = useQuery(categoriesQuery).data?.items ?? []
  if (categories.length === 0) return null
  return (
    <CheckboxGroup
      legend={t("details.categories")}
      choices={categories}
      chosen={chosen}
      onChange={onChange}
      className="grid max-h-32 grid-cols-2 gap-x-2 overflow-y-auto"
    />
  )
}

function Fields({ form, set, errorOf }: Props) {
  const fields = (useQuery(customFieldsQuery).data?.items ?? []).filter((one) => one.kinds.includes("support"))
  const change = (key: string, value: FieldValue | undefined) => {
    const { [key]: _old, ...others } = form.customFields
    set({ customFields: value === undefined ? others : { ...others, [key]: value } })
  }
  return fields.map((field) => (
    <CustomFieldInput
      key={field.id}
      field={field}
      value={form.customFields[field.key]}
      onChange={(value) => change(field.key, value)}
      error={errorOf(`customFields.${field.key}`)}
    />
  ))
}
