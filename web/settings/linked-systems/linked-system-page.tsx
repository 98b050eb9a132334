import { useQuery } from "@tanstack/react-query"
import { useNavigate, useParams } from "@tanstack/react-router"
import { useState } from "react"
import type { LinkedSystemKind } from "#agreements/api-contract.ts"
import { useTexts } from "../../lib/language.tsx"
import { BackLink } from "../../ui/back-link.tsx"
import { SelectField } from "../../ui/form-fields.tsx"
import { EmptyState, NotLoaded, Skeleton } from "../../ui/loading-empty-and-error.tsx"
import { entitiesQuery } from "../entity-queries.ts"
import { SettingsPageLayout } from "../settings-page-layout.tsx"
import { HookAddresses } from "./hook-addresses.tsx"
import { LinkedSystemForm } from "./linked-system-form.tsx"
import { linkedSystemKinds } from "./linked-system-kinds.ts"
import { type LinkedSystem, linkedSystemsPath } from "./linked-system-queries.ts"
import { OperatorNumbers } from "./operator-numbers.tsx"

/** One linked system; `new` is one that is still to be made. */
export function LinkedSystemPage() {
  const { t } = useTexts()
  const { id = "new" } = useParams({ strict: false })
  const query = useQuery(entitiesQuery<LinkedSystem>(linkedSystemsPath))
  const system = query.data?.items.find((one) => one.id === id)
  return (
    <>
      <BackLink to="/settings/linked-systems" className="max-md:hidden">
        {t("settings.linked-systems")}
      </BackLink>
      {id === "new" && <NewSystem />}
      {id !== "new" && !query.data && (
        <NotLoaded query={query}>
          <Skeleton className="h-96" />
        </NotLoaded>
      )}
      {id !== "new" && query.data && !system && (
        <EmptyState title={t("settings.linked-systems")} text={t("refusal.not_found")} />
      )}
      {system && <StoredSystem key={id} system={system} />}
    </>
  )
}

const kinds = Object.keys(linkedSystemKinds) as LinkedSystemKind[]

function NewSystem() {
  const { t } = useTexts()
  const navigate = useNavigate()
  const [kind, setKind] = useState<LinkedSystemKind>(kinds[0]!)
  const open = ({ id }: LinkedSystem) =>
    void navigate({ to: "/settings/linked-systems/$id", params: { id }, replace: true })
  return (
    <SettingsPageLayout title={t("linkedSystems.new")} intro={t("linkedSystems.newText")}>
      <div className="grid max-w-[560px] gap-4">
        <SelectField
          label={t("linkedSystems.kind")}
          hint={t(`linkedSystems.kindHint.${kind}`)}
          value={kind}
          onChange={({ target }) => setKind(kinds.find((one) => one === target.value) ?? kind)}
        >
          {kinds.map((one) => (
            <option key={one} value={one}>
              {linkedSystemKinds[one].name}
            </option>
          ))}
        </SelectField>
        <LinkedSystemForm key={kind} system={undefined} kind={kind} onSaved={open} />
      </div>
    </SettingsPageLayout>
  )
}

function StoredSystem({ system }: { system: LinkedSystem }) {
  const { t } = useTexts()
  const { kind, name } = system
  const setup = linkedSystemKinds[kind]
  return (
    <SettingsPageLayout title={name} intro={t(`linkedSystems.kindHint.${kind}`)}>
      <div className="grid max-w-[560px] gap-8">
        <LinkedSystemForm system={system} kind={kind} />
        <HookAddresses {...setup} />
        {setup.hasOperators && <OperatorNumbers systemName={setup.name} />}
      </div>
    </SettingsPageLayout>
  )
}
