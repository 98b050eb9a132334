import { Link } from "@tanstack/react-router"
import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { Button } from "../ui/button.tsx"
import { SelectField } from "../ui/form-fields.tsx"
import { ProblemLine } from "../ui/problem-line.tsx"
import { type SimulationPath, useSimulation } from "./simulation-queries.ts"

interface Props {
  path: SimulationPath
  /** What is tried, as the form that holds this has it now. */
  candidate: object
  isReady?: boolean
}

/** Runs a candidate over the tickets of some last days, and shows each that would have gone differently, and why. */
export function SimulationPanel({ path, candidate, isReady = true }: Props) {
  const { t } = useTexts()
  const [days, setDays] = useState(30)
  const { start, stop, simulation } = useSimulation(path)
  const shown = start.isPending ? undefined : simulation
  const isRunning = start.isPending || shown?.state === "running"
  return (
    <section aria-label={t("simulations.title")} className="grid gap-3 rounded border border-line p-3">
      <div className="flex flex-wrap items-end gap-3">
        <SelectField
          label={t("simulations.span")}
          value={days}
          onChange={({ target }) => setDays(Number(target.value))}
        >
          {[7, 30, 90].map((n) => (
            <option key={n} value={n}>
              {t("simulations.days", { n })}
            </option>
          ))}
        </SelectField>
        <Button disabled={isRunning || !isReady} onClick={() => start.mutate({ candidate, days })}>
          {t("simulations.run")}
        </Button>
        {shown?.state === "running" && (
          <Button disabled={stop.isPending} onClick={() => stop.mutate()}>
            {t("simulations.stop")}
          </Button>
        )}
      </div>
      {isRunning && (
        <progress className="w-full accent-accent" aria-label={t("simulations.progress")} value={shown?.progress} />
      )}
      <p role="status" className="text-sm text-muted">
        {shown && t(`simulations.${shown.state}`, { checked: shown.checked, differing: shown.differing })}
      </p>
      {shown && <Differences items={shown.items} differing={shown.differing} />}
      <ProblemLine error={start.error} />
    </section>
  )
}

type DifferencesProps = Pick<NonNullable<ReturnType<typeof useSimulation>["simulation"]>, "items" | "differing">

function Differences({ items, differing }: DifferencesProps) {
  const { t } = useTexts()
  if (items.length === 0) return null
  return (
    <>
      <ul className="grid max-h-72 gap-2 overflow-y-auto" tabIndex={0} aria-label={t("simulations.title")}>
        {items.map(({ ticketId, number, now, then, because }, nth) => (
          <li key={`${ticketId} ${nth}`} className="border-t border-line pt-2 text-sm break-words">
            <Link
              to="/tickets/$ref"
              params={{ ref: number }}
              target="_blank"
              className="font-strong underline underline-offset-2"
            >
              {number}
            </Link>
            <span className="block text-muted">{t("simulations.now", { outcome: now })}</span>
            <span className="block">{t("simulations.then", { outcome: then })}</span>
            <span className="block text-muted">{because}</span>
          </li>
        ))}
      </ul>
      {items.length < differing && (
        <p className="text-sm text-muted">{t("simulations.firstOf", { n: items.length })}</p>
      )}
    </>
  )
}
