import { useTexts } from "../../lib/language.tsx"
import { Badge } from "../../ui/badge.tsx"
import { RowText } from "../settings-page-layout.tsx"
import { useStaffAndTeams } from "../../people/user-and-team-queries.ts"
import { useConditionText } from "./condition-fields-and-text.ts"
import { RuleForm } from "./rule-form.tsx"
import type { Rule } from "./rule-types-and-matching-tickets.ts"
import { EntityListPage } from "../entity-list-page.tsx"
import { MoveButtons } from "../move-buttons.tsx"

const path = "assignment-rules"

export function RulesPage() {
  const { t } = useTexts()
  return (
    <EntityListPage<Rule>
      path={path}
      title={t("settings.rules")}
      intro={t("rules.intro")}
      newText={t("rules.new")}
      nameOf={({ name }) => name}
      Row={Row}
      Form={RuleForm}
    />
  )
}

function Row({ item: rule, all }: { item: Rule; all: Rule[] }) {
  const { t } = useTexts()
  return (
    <>
      <RowText
        title={
          <>
            <span className="min-w-0 break-words">{rule.name}</span>
            <Badge tone={rule.enabled ? "green" : "neutral"}>{rule.enabled ? t("rules.on") : t("rules.off")}</Badge>
          </>
        }
      >
        <Outcome rule={rule} />
      </RowText>
      <MoveButtons path={path} item={rule} all={all} />
    </>
  )
}

function Outcome({ rule: { action, conditions } }: { rule: Rule }) {
  const { t } = useTexts()
  const words = useConditionText()
  const { users, teams } = useStaffAndTeams()
  const whom = action.agentId
    ? users.find(({ id }) => id === action.agentId)?.name
    : teams.find(({ id }) => id === action.teamId)?.name
  return (
    <>
      {conditions.length === 0 && `${t("rules.always")} · `}
      {conditions.map((condition) => `${words(condition)} · `)}
      {t(`rules.action.${action.type}`)}: {whom ?? t("rules.ownTeam")}
    </>
  )
}
