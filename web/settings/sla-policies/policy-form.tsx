import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { SimulationPanel } from "../../simulations/simulation-panel.tsx"
import { CheckboxField } from "../../ui/form-fields.tsx"
import { ConditionsEditor } from "../assignment-rules/conditions-editor.tsx"
import { CalendarChoice } from "../calendars/calendar-choice.tsx"
import { EntityFormDialog, useEntityForm } from "../entity-form-dialog.tsx"
import { EscalationFields } from "./escalation-fields.tsx"
import { blankPolicy, type Policy, type PolicyDraft, toDraft } from "./policy-draft.ts"
import { useOpenTicketsUnder } from "./open-tickets-under-policy.ts"
import { TargetFields } from "./target-fields.tsx"

export function PolicyForm({ item: policy, onClose }: { item: Policy | undefined; onClose: () => void }) {
  const { t } = useTexts()
  const { submit, form, fieldError } = useEntityForm("sla-policies", policy, onClose)
  const [draft, setDraft] = useState<PolicyDraft>(() => (policy ? toDraft(policy) : blankPolicy))
  const set = (change: Partial<PolicyDraft>) => setDraft({ ...draft, ...change })
  return (
    <EntityFormDialog
      of="policies"
      item={policy}
      name={draft.name}
      onName={(name) => set({ name })}
      onSubmit={() => submit(draft)}
      {...form}
    >
      <CheckboxField
        label={t("policies.on")}
        checked={draft.enabled}
        onChange={({ target }) => set({ enabled: target.checked })}
      />
      <CheckboxField
        label={t("policies.default")}
        hint={t("policies.defaultHint")}
        checked={draft.isDefault}
        onChange={({ target }) => set({ isDefault: target.checked, ...(target.checked && { conditions: [] }) })}
      />
      <Reach draft={draft} id={policy?.id} set={set} />
      <CalendarChoice
        label={t("policies.calendar")}
        hint={t("policies.calendarHint")}
        none={t("policies.alwaysOpen")}
        value={draft.calendarId ?? ""}
        error={fieldError("calendarId")}
        onChange={({ target: { value } }) => set({ calendarId: value || null })}
      />
      <CheckboxField
        label={t("policies.noSla")}
        hint={t("policies.noSlaHint")}
        checked={draft.targets === null}
        onChange={({ target }) => set({ targets: target.checked ? null : blankPolicy.targets })}
      />
      {draft.targets && (
        <>
          <TargetFields targets={draft.targets} errorOf={fieldError} onChange={(targets) => set({ targets })} />
          <CheckboxField
            label={t("policies.visible")}
            checked={draft.visibleToCustomer}
            onChange={({ target }) => set({ visibleToCustomer: target.checked })}
          />
          <EscalationFields escalations={draft.escalations} onChange={(escalations) => set({ escalations })} />
        </>
      )}
      <SimulationPanel
        path="sla-policies"
        candidate={{ ...draft, ...(policy && { id: policy.id }) }}
        isReady={draft.name.trim() !== ""}
      />
    </EntityFormDialog>
  )
}

interface ReachProps {
  draft: PolicyDraft
  id: string | undefined
  set: (change: Partial<PolicyDraft>) => void
}

/** For which tickets it is, and how many of the open ones that are. */
function Reach({ draft, id, set }: ReachProps) {
  const { t } = useTexts()
  const { data } = useOpenTicketsUnder(draft, id)
  const status = data && t("policies.matches", { matched: data.matched, examined: data.examined })
  if (draft.isDefault)
    return (
      <p role="status" className="text-sm text-muted">
        {status}
      </p>
    )
  return (
    <ConditionsEditor
      conditions={draft.conditions}
      onChange={(conditions) => set({ conditions })}
      none={t("policies.rest")}
      status={status}
    />
  )
}
