import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../../lib/language.tsx"
import { savedRepliesQuery } from "../../macros/macro-queries.ts"
import { TextWithVariablesField } from "../../macros/text-with-variables-field.tsx"
import { isDisabled, useStaffAndTeams } from "../../people/user-and-team-queries.ts"
import { SelectField } from "../../ui/form-fields.tsx"
import { blankAction, MacroActionValue } from "../macros/macro-action-row.tsx"
import { type RuleAction, ruleStatuses } from "./automation-rule-types.ts"

export function blankRuleAction(type: RuleAction["type"]): RuleAction {
  switch (type) {
    case "reply":
    case "note":
      return { type, value: "" }
    case "assign":
    case "team":
      return { type, value: null }
    default:
      return blankAction(type)
  }
}

interface Props {
  action: RuleAction
  error: string | undefined
  onChange: (action: RuleAction) => void
}

export function RuleActionValue({ action, error, onChange }: Props) {
  const { t } = useTexts()
  const { users, teams } = useStaffAndTeams()
  switch (action.type) {
    case "status":
      return (
        <Choice
          value={action.value}
          error={error}
          choices={ruleStatuses.map((id) => ({ id, name: t(`automation.status.${id}`) }))}
          onChange={(value) => onChange({ ...action, value })}
        />
      )
    case "assign":
    case "team": {
      const staff = users.filter((user) => !isDisabled(user) && user.role !== "user")
      const choices = action.type === "team" ? teams : staff
      const choose = (value: string) => onChange({ ...action, value: value || null })
      return <Choice value={action.value ?? ""} error={error} choices={choices} onChange={choose} />
    }
    case "reply":
      return <ReplyChoice value={action.value} error={error} onChange={(value) => onChange({ ...action, value })} />
    case "note":
      return (
        <TextWithVariablesField
          label={t("entity.value")}
          required
          value={action.value}
          error={error}
          onChange={(value) => onChange({ ...action, value })}
        />
      )
    default:
      return <MacroActionValue action={action} onChange={onChange} />
  }
}

interface ChoiceProps {
  value: string
  error: string | undefined
  hint?: string
  choices: readonly { id: string; name: string }[]
  onChange: (value: string) => void
}

/** What was chosen and is gone stands empty, for another to be chosen. */
function Choice({ value, error, hint, choices, onChange }: ChoiceProps) {
  const { t } = useTexts()
  return (
    <SelectField
      label={t("entity.value")}
      hint={hint}
      required
      value={choices.some(({ id }) => id === value) ? value : ""}
      error={error}
      onChange={(event) => onChange(event.target.value)}
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

function ReplyChoice(props: Omit<ChoiceProps, "choices" | "hint">) {
  const { t } = useTexts()
  const { data } = useQuery(savedRepliesQuery)
  const shared = (data?.items ?? []).filter(({ visibility }) => visibility !== "me")
  const hint = data && shared.length === 0 ? t("automation.noReplies") : t("automation.replyHint")
  return <Choice {...props} hint={hint} choices={shared} />
}
