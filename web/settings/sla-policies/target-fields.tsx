import { useTexts } from "../../lib/language.tsx"
import { InputField } from "../../ui/form-fields.tsx"
import { type Targets, targetMetrics, targetPriorities, withTarget } from "./policy-draft.ts"

interface Props {
  targets: Targets
  errorOf: (path: string) => string | undefined
  onChange: (targets: Targets) => void
}

/** Working minutes for each metric and priority. */
export function TargetFields({ targets, errorOf, onChange }: Props) {
  const { t } = useTexts()
  return targetMetrics.map((metric) => (
    <fieldset key={metric}>
      <legend className="mb-1 text-sm font-strong">
        {t("policies.inMinutes", { metric: t(`policies.metric.${metric}`) })}
      </legend>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
        {targetPriorities.map((priority) => (
          <InputField
            key={priority}
            type="number"
            min={1}
            max={525_600}
            step={1}
            inputMode="numeric"
            label={t(`priority.${priority}`)}
            value={targets[metric]?.[priority] ?? ""}
            error={errorOf(`targets.${metric}.${priority}`)}
            onChange={({ target }) => onChange(withTarget(targets, metric, priority, target.value))}
          />
        ))}
      </div>
    </fieldset>
  ))
}
