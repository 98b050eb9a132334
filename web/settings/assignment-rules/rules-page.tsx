import { ArrowDown, ArrowUp } from "lucide-react"
import { patch } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { useAct } from "../../lib/use-act-on-server.ts"
import { Badge } from "../../ui/badge.tsx"
import { Button } from "../../ui/button.tsx"
import { RowText } from "../settings-page-layout.tsx"
import { useStaffAndTeams } from "../../people/user-and-team-queries.ts"
import { useConditionText } from "./rule-fields.ts"
import { RuleForm } from "./rule-form.tsx"
import type { Rule } from "./rule-queries.ts"
import { EntityListPage } from "../entity-list-page.tsx"

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
  const move = useMove()
  const at = all.findIndex(({ id }) => id === rule.id)
  const to = (step: -1 | 1) => move.mutate({ all, from: at, to: at + step })
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
      <Button
        look="quiet"
        size="icon"
        disabled={at === 0 || move.isPending}
        aria-label={t("rules.up", { name: rule.name })}
        onClick={() => to(-1)}
      >
        <ArrowUp />
      </Button>
      <Button
        look="quiet"
        size="icon"
        disabled={at === all.length - 1 || move.isPending}
        aria-label={t("rules.down", { name: rule.name })}
        onClick={() => to(1)}
      >
        <ArrowDown />
      </Button>
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

/** Ten apart, so that a rule made elsewhere finds room between two. Only those whose place changes are written. */
const useMove = () =>
  useAct({
    run: async ({ all, from, to }: { all: Rule[]; from: number; to: number }) => {
      const order = all.toSpliced(from, 1).toSpliced(to, 0, all[from]!)
      for (const [i, { id, priority }] of order.entries()) {
        const wanted = (i + 1) * 10
        if (priority !== wanted) await patch(`/${path}/${id}`, { priority: wanted })
      }
    },
    stale: [[path]],
  })
