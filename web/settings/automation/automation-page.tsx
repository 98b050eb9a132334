import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { useDecisionText } from "../../tickets/timeline/automatic-decision-text.ts"
import { Badge } from "../../ui/badge.tsx"
import { classNames } from "../../ui/class-names.ts"
import { EntityListPage } from "../entity-list-page.tsx"
import { MoveButtons } from "../move-buttons.tsx"
import { RowText } from "../settings-page-layout.tsx"
import { AutomationForm } from "./automation-form.tsx"
import type { AutomationRule } from "./automation-rule-types.ts"
import { useNameOfPart, useRuleText } from "./rule-in-words.ts"

const path = "automation-rules"

export function AutomationPage() {
  const { t } = useTexts()
  return (
    <EntityListPage<AutomationRule>
      path={path}
      title={t("settings.automation")}
      intro={t("automation.intro")}
      newText={t("automation.new")}
      nameOf={({ name }) => name}
      Row={Row}
      Form={AutomationForm}
    />
  )
}

function Row({ item: rule, all }: { item: AutomationRule; all: AutomationRule[] }) {
  const { t } = useTexts()
  const words = useRuleText()
  const isDead = rule.problems.length > 0 || isBroken(rule)
  return (
    <>
      <RowText
        title={
          <>
            <span className="min-w-0 break-words">{rule.name}</span>
            <Badge tone={rule.enabled ? "green" : "neutral"}>{rule.enabled ? t("rules.on") : t("rules.off")}</Badge>
            {rule.stop && <Badge>{t("automation.stops")}</Badge>}
            {isDead && <Badge tone="amber">{t("automation.dead")}</Badge>}
          </>
        }
      >
        <span className="block">{words(rule)}</span>
        <Activity rule={rule} />
        <Problems rule={rule} />
      </RowText>
      <MoveButtons path={path} item={rule} all={all} />
    </>
  )
}

/** The rule itself is at fault, whatever the ticket. */
const isBroken = ({ activity: { lastRefused } }: AutomationRule) =>
  /_(gone|unresolved|content_too_long)$/.test(lastRefused?.code ?? "")

function Activity({ rule: { activity } }: { rule: AutomationRule }) {
  const { t } = useTexts()
  const time = useTimeFormat()
  const { count, isCapped, lastAt } = activity
  if (lastAt === null) return <span className="block">{t("automation.neverActed")}</span>
  const when = time.short(lastAt)
  const id = isCapped ? "automation.actedOften" : count === 0 ? "automation.notLately" : "automation.acted"
  return <span className="block">{t(id, { count, when })}</span>
}

/** What keeps the rule from doing all it says. */
function Problems({ rule }: { rule: AutomationRule }) {
  const { name, problems, activity } = rule
  const { t } = useTexts()
  const time = useTimeFormat()
  const say = useDecisionText()
  const nameOf = useNameOfPart()
  const { lastRefused } = activity
  const parts = [...new Set(problems.map(({ of }) => nameOf(of)))]
  return (
    <>
      {parts.map((of) => (
        <span key={of} className="block text-amber">
          {t("automation.gone", { of })}
        </span>
      ))}
      {lastRefused && (
        <span className={classNames("block", isBroken(rule) && "text-amber")}>
          {t("automation.lastRefused", {
            when: time.short(lastRefused.at),
            reason: say({ ...lastRefused, inputs: { ruleName: name } }),
          })}
        </span>
      )}
    </>
  )
}
