import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { EntityListWithPages } from "../entity-list-with-pages.tsx"
import { AgreementRulesForm } from "./agreement-rules-form.tsx"
import { linkedSystemKinds } from "./linked-system-kinds.ts"
import { type LinkedSystem, linkedSystemsPath } from "./linked-system-queries.ts"
import { RemoveSystemForm } from "./remove-system-form.tsx"
import { useAnswerText } from "./use-answer-text.ts"

export function LinkedSystemsPage() {
  const { t } = useTexts()
  return (
    <EntityListWithPages<LinkedSystem>
      path={linkedSystemsPath}
      page="/settings/linked-systems/$id"
      title={t("settings.linked-systems")}
      intro={t("linkedSystems.intro")}
      newText={t("linkedSystems.new")}
      empty={t("linkedSystems.empty")}
      Summary={Summary}
      Drop={RemoveSystemForm}
    >
      <AgreementRulesForm />
    </EntityListWithPages>
  )
}

function Summary({ item }: { item: LinkedSystem }) {
  const { Summary: OfKind, name } = linkedSystemKinds[item.kind]
  return (
    <>
      {name} · <OfKind system={item} />
      <LastAnswer system={item} />
    </>
  )
}

/** Since when it does not answer, or when it last said something. */
function LastAnswer({ system: { lastSeenAt, failingSince, failure } }: { system: LinkedSystem }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const answerText = useAnswerText()
  if (failingSince)
    return (
      <span className="block text-red">
        {t("linkedSystems.failing", { since: when.full(failingSince) })} {failure && answerText(failure)}
      </span>
    )
  return (
    <span className="block">
      {lastSeenAt ? t("linkedSystems.lastSeen", { when: when.full(lastSeenAt) }) : t("linkedSystems.neverSeen")}
    </span>
  )
}
