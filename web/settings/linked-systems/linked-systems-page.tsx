import { useQuery } from "@tanstack/react-query"
import { Link, useNavigate } from "@tanstack/react-router"
import { Ellipsis, Plus } from "lucide-react"
import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { Button } from "../../ui/button.tsx"
import { Menu, MenuItem } from "../../ui/menu.tsx"
import { entitiesQuery } from "../entity-queries.ts"
import { EntityRows, RowText, SettingsPageLayout } from "../settings-page-layout.tsx"
import { AgreementRulesForm } from "./agreement-rules-form.tsx"
import { linkedSystemKinds } from "./linked-system-kinds.ts"
import { type LinkedSystem, linkedSystemsPath } from "./linked-system-queries.ts"
import { RemoveSystemForm } from "./remove-system-form.tsx"
import { useAnswerText } from "./use-answer-text.ts"

export function LinkedSystemsPage() {
  const { t } = useTexts()
  const query = useQuery(entitiesQuery<LinkedSystem>(linkedSystemsPath))
  const [removing, setRemoving] = useState<LinkedSystem>()
  return (
    <SettingsPageLayout
      title={t("settings.linked-systems")}
      intro={t("linkedSystems.intro")}
      action={
        <Button asChild look="primary">
          <Link to="/settings/linked-systems/$id" params={{ id: "new" }}>
            <Plus aria-hidden />
            {t("linkedSystems.new")}
          </Link>
        </Button>
      }
    >
      <EntityRows query={query} empty={{ title: t("linkedSystems.empty"), text: t("linkedSystems.emptyText") }}>
        {(system) => <Row system={system} onRemove={() => setRemoving(system)} />}
      </EntityRows>
      <AgreementRulesForm />
      {removing && <RemoveSystemForm system={removing} onClose={() => setRemoving(undefined)} />}
    </SettingsPageLayout>
  )
}

function Row({ system, onRemove }: { system: LinkedSystem; onRemove: () => void }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { id, name, kind } = system
  const open = { to: "/settings/linked-systems/$id", params: { id } } as const
  const { Summary, name: kindName } = linkedSystemKinds[kind]
  return (
    <>
      <RowText
        title={
          <Link {...open} className="min-w-0 break-words underline-offset-2 hover:underline">
            {name}
          </Link>
        }
      >
        {kindName} · <Summary system={system} />
        <LastAnswer system={system} />
      </RowText>
      <Menu
        trigger={
          <Button look="quiet" size="icon" aria-label={`${t("action.more")}: ${name}`}>
            <Ellipsis />
          </Button>
        }
      >
        <MenuItem onSelect={() => void navigate(open)}>{t("action.edit")}</MenuItem>
        <MenuItem danger onSelect={onRemove}>
          {t("action.delete")}
        </MenuItem>
      </Menu>
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
