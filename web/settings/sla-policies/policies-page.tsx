import { useTexts } from "../../lib/language.tsx"
import type { Policy } from "./policy-draft.ts"
import { Badge } from "../../ui/badge.tsx"
import { useConditionText } from "../assignment-rules/condition-fields-and-text.ts"
import { EntityListPage } from "../entity-list-page.tsx"
import { MoveButtons } from "../move-buttons.tsx"
import { RowText } from "../settings-page-layout.tsx"
import { PolicyForm } from "./policy-form.tsx"
import { RemovePolicyForm } from "./remove-policy-form.tsx"

const path = "sla-policies"

export function PoliciesPage() {
  const { t } = useTexts()
  return (
    <EntityListPage<Policy>
      path={path}
      title={t("settings.sla-policies")}
      intro={t("policies.intro")}
      newText={t("policies.new")}
      nameOf={({ name }) => name}
      Row={Row}
      Form={PolicyForm}
      Drop={RemovePolicyForm}
    />
  )
}

function Row({ item: policy, all }: { item: Policy; all: Policy[] }) {
  const { t } = useTexts()
  const words = useConditionText()
  const { name, enabled, isDefault, conditions, targets } = policy
  return (
    <>
      <RowText
        title={
          <>
            <span className="min-w-0 break-words">{name}</span>
            {isDefault && <Badge tone="accent">{t("policies.isDefault")}</Badge>}
            {targets === null && <Badge>{t("policies.noSla")}</Badge>}
            {!enabled && <Badge>{t("policies.off")}</Badge>}
          </>
        }
      >
        {conditions.length === 0 ? t("policies.rest") : conditions.map(words).join(" · ")}
      </RowText>
      {/* The default one is asked last, wherever it stands. */}
      {!isDefault && <MoveButtons path={path} item={policy} all={all.filter((one) => !one.isDefault)} />}
    </>
  )
}
