import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { CheckboxField, InputField, SelectField } from "../../ui/form-fields.tsx"
import { useRuleFields } from "../assignment-rules/condition-fields-and-text.ts"
import { ConditionsEditor } from "../assignment-rules/conditions-editor.tsx"
import { EntityFormDialog, useEntityForm } from "../entity-form-dialog.tsx"
import {
  type AutomationDraft,
  type AutomationRule,
  blankTrigger,
  fieldsOfTrigger,
  type Trigger,
  triggerTypes,
} from "./automation-rule-types.ts"
import { RuleActions } from "./rule-actions.tsx"
import { RulePreview } from "./rule-preview.tsx"

const blank: AutomationDraft = {
  name: "",
  priority: 100,
  enabled: true,
  trigger: { type: "ticket_created" },
  conditions: [],
  actions: [{ type: "priority", value: "high" }],
  stop: false,
}

export function AutomationForm({ item: rule, onClose }: { item: AutomationRule | undefined; onClose: () => void }) {
  const { t } = useTexts()
  const { submit, fieldError, form } = useEntityForm("automation-rules", rule, onClose)
  const [draft, setDraft] = useState<AutomationDraft>(() => (rule ? draftOf(rule) : blank))
  const set = (change: Partial<AutomationDraft>) => setDraft({ ...draft, ...change })
  const { trigger, conditions } = draft
  return (
    <EntityFormDialog
      of="automation"
      item={rule}
      name={draft.name}
      onName={(name) => set({ name })}
      onSubmit={() => submit(draft)}
      {...form}
    >
      <CheckboxField
        label={t("rules.on")}
        checked={draft.enabled}
        onChange={(event) => set({ enabled: event.target.checked })}
      />
      <When trigger={trigger} onChange={(next) => set({ trigger: next, conditions: askable(next, conditions) })} />
      <Conditions draft={draft} onChange={(next) => set({ conditions: next })} />
      <RuleActions actions={draft.actions} errorOf={fieldError} onChange={(actions) => set({ actions })} />
      <CheckboxField
        label={t("automation.stop")}
        checked={draft.stop}
        onChange={(event) => set({ stop: event.target.checked })}
      />
      <RulePreview trigger={trigger} conditions={conditions} />
    </EntityFormDialog>
  )
}

const draftOf = ({ name, priority, enabled, trigger, conditions, actions, stop }: AutomationRule): AutomationDraft => ({
  name,
  priority,
  enabled,
  trigger,
  conditions,
  actions,
  stop,
})

/** What is asked only after something else is asked no more. */
function askable(trigger: Trigger, conditions: AutomationDraft["conditions"]): AutomationDraft["conditions"] {
  const own: readonly string[] = Object.values(fieldsOfTrigger).flat()
  const fits: readonly string[] = fieldsOfTrigger[trigger.type]
  return conditions.filter(({ field }) => !own.includes(field) || fits.includes(field))
}

interface ConditionsProps {
  draft: AutomationDraft
  onChange: (conditions: AutomationDraft["conditions"]) => void
}

function Conditions({ draft: { trigger, conditions }, onChange }: ConditionsProps) {
  const { t } = useTexts()
  const own = fieldsOfTrigger[trigger.type].map((field) => ({ field, label: t(`automation.field.${field}`) }))
  const fields = [...own, ...useRuleFields()]
  return (
    <ConditionsEditor
      conditions={conditions}
      fields={fields}
      onChange={onChange}
      none={t("automation.always")}
      status={null}
    />
  )
}

function When({ trigger, onChange }: { trigger: Trigger; onChange: (trigger: Trigger) => void }) {
  const { t } = useTexts()
  return (
    <div className="grid gap-3">
      <SelectField
        label={t("automation.when")}
        value={trigger.type}
        onChange={(event) => onChange(blankTrigger(event.target.value as Trigger["type"]))}
      >
        {triggerTypes.map((type) => (
          <option key={type} value={type}>
            {t(`automation.when.${type}`)}
          </option>
        ))}
      </SelectField>
      {trigger.type === "waiting" && (
        <div className="grid gap-3 sm:grid-cols-2">
          <SelectField
            label={t("automation.waitsFor")}
            value={trigger.waitsFor}
            onChange={(event) => onChange({ ...trigger, waitsFor: event.target.value as "us" | "customer" })}
          >
            {(["us", "customer"] as const).map((side) => (
              <option key={side} value={side}>
                {t(`automation.waitsFor.${side}`)}
              </option>
            ))}
          </SelectField>
          <InputField
            label={t("automation.minutes")}
            hint={t("automation.minutesHint")}
            type="number"
            min={5}
            max={525_600}
            required
            value={trigger.minutes || ""}
            onChange={(event) => onChange({ ...trigger, minutes: Number(event.target.value) })}
          />
        </div>
      )}
    </div>
  )
}
