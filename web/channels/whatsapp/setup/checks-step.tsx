import { useQuery } from "@tanstack/react-query"
import { Check, X } from "lucide-react"
import { useTexts } from "../../../lib/language.tsx"
import { useTimeFormat } from "../../../lib/use-time-format.ts"
import { Button } from "../../../ui/button.tsx"
import { Skeleton, LoadingState } from "../../../ui/loading-empty-and-error.tsx"
import { ProblemLine } from "../../../ui/problem-line.tsx"
import type { Connection } from "../../../settings/connections/connection-queries.ts"
import { useFailureText } from "../../failure-text.ts"
import { whatsapp } from "../features.ts"
import { adviceFor, type Check as Found } from "./check-advice.ts"
import { checkNames, checksQuery } from "./check-queries.ts"
import { SetupStep } from "../../../settings/connections/setup-step.tsx"
import { TemplateList } from "./template-list.tsx"

/** Step 4: asked of Meta just now, each with what to do when it is not well. */
export function ChecksStep({ connection }: { connection: Connection | undefined }) {
  const { t } = useTexts()
  const checks = useQuery({ ...checksQuery(connection?.id ?? ""), enabled: Boolean(connection) })
  const found = checks.data?.checks
  return (
    <SetupStep
      number={4}
      title={t("whatsapp.checks")}
      text={t("whatsapp.checksText")}
      isDone={found !== undefined && found.every(({ ok }) => ok)}
    >
      {!connection && <p className="text-sm text-faint">{t("whatsapp.saveFirst")}</p>}
      {connection && !found && !checks.isError && (
        <LoadingState>
          <Skeleton className="h-40" />
        </LoadingState>
      )}
      <ProblemLine error={checks.error} />
      {found && (
        <ul className="rounded border border-line">
          {checkNames
            .flatMap((name) => found.filter((one) => one.name === name))
            .map((one) => (
              <OneCheck key={one.name} check={one} />
            ))}
        </ul>
      )}
      {connection && (
        <div>
          <Button onClick={() => void checks.refetch()} disabled={checks.isFetching}>
            {t("whatsapp.checkAgain")}
          </Button>
        </div>
      )}
      {connection && <TemplateList id={connection.id} />}
    </SetupStep>
  )
}

function OneCheck({ check }: { check: Found }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const { name, ok, detail } = check
  const shown = name === "webhook" && ok ? when.full(detail) : detail
  const Sign = ok ? Check : X
  return (
    <li className="flex gap-2.5 border-line px-3 py-2.5 not-last:border-b">
      <Sign
        className={ok ? "mt-0.5 size-4 shrink-0 text-green" : "mt-0.5 size-4 shrink-0 text-red"}
        role="img"
        aria-label={ok ? t("whatsapp.ok") : t("whatsapp.notOk")}
      />
      <div className="min-w-0">
        <p className="font-strong">{t(`whatsapp.check.${name}`)}</p>
        {ok ? shown && <p className="text-sm break-words text-muted">{shown}</p> : <WhatToDo check={check} />}
      </div>
    </li>
  )
}

function WhatToDo({ check }: { check: Found }) {
  const { t } = useTexts()
  const failureText = useFailureText()
  const { reason, code, fix } = adviceFor(check)
  const happened = reason && failureText(reason, whatsapp)
  return (
    <p className="text-sm text-muted">
      {happened && (
        <span className="mb-0.5 block text-red first-letter:uppercase">
          {happened}
          {code && ` (${code})`}.
        </span>
      )}
      {t(`whatsapp.fix.${fix}`)}
    </p>
  )
}
