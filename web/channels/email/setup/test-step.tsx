import { Check, CircleDashed, Minus, X, type LucideIcon } from "lucide-react"
import { useTexts } from "../../../lib/language.tsx"
import { useTimeFormat } from "../../../lib/use-time-format.ts"
import type { Connection } from "../../../settings/connections/connection-queries.ts"
import { SetupStep } from "../../../settings/connections/setup-step.tsx"
import { Button } from "../../../ui/button.tsx"
import { LoadingState, Skeleton } from "../../../ui/loading-empty-and-error.tsx"
import { ProblemLine } from "../../../ui/problem-line.tsx"
import type { Provider } from "./provider-presets.ts"
import { checkNames, type CheckName, type CheckState, remedyFor, statesOf, type Verification } from "./test-findings.ts"

interface Props {
  connection: Connection | undefined
  provider: Provider
  test: () => void
  isPending: boolean
  error: unknown
}

/** Step 3: the mailbox writes to itself; what came of that, and what to do where it failed. */
export function TestStep({ connection, provider, test, isPending, error }: Props) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const { verification } = connection?.health ?? {}
  return (
    <SetupStep
      number={3}
      title={t("mailbox.test")}
      text={t("mailbox.testText")}
      isDone={!isPending && verification?.failure === null}
    >
      {!connection && <p className="text-sm text-faint">{t("mailbox.saveFirst")}</p>}
      <div role="status" className="grid gap-2 empty:hidden">
        {isPending && connection && (
          <>
            <p className="text-muted">{t("mailbox.testing", { address: String(connection.settings["address"]) })}</p>
            <LoadingState>
              <Skeleton className="h-56" />
            </LoadingState>
          </>
        )}
        {!isPending && !verification && connection?.enabled === false && <p>{t("mailbox.failedAndOff")}</p>}
        {!isPending && verification && connection && (
          <>
            <p className={verification.failure === null ? "font-strong text-green" : "font-strong text-red"}>
              {t(outcomeOf(verification, connection.enabled))}
            </p>
            <Findings {...{ verification, provider }} />
            <p className="text-xs text-faint">{t("mailbox.testedAt", { when: when.full(verification.at) })}</p>
          </>
        )}
      </div>
      <ProblemLine error={error} />
      {connection && (
        <div>
          <Button onClick={test} disabled={isPending}>
            {t(verification ? "mailbox.testAgain" : "mailbox.test")}
          </Button>
        </div>
      )}
    </SetupStep>
  )
}

function outcomeOf({ failure }: Verification, isOn: boolean) {
  if (failure === null) return "mailbox.isOn"
  return isOn ? "mailbox.failedButOn" : "mailbox.failedAndOff"
}

const signs: Record<CheckState, [LucideIcon, string]> = {
  ok: [Check, "text-green"],
  signedIn: [Check, "text-green"],
  failed: [X, "text-red"],
  without: [Minus, "text-muted"],
  untested: [CircleDashed, "text-faint"],
}

function Findings({ verification, provider }: { verification: Verification; provider: Provider }) {
  const { t } = useTexts()
  const states = statesOf(verification)
  return (
    <ul className="rounded border border-line">
      {checkNames.map((name) => {
        const state = states[name]
        const [Sign, colour] = signs[state]
        return (
          <li key={name} className="flex gap-2.5 border-line px-3 py-2.5 not-last:border-b">
            <Sign
              className={`mt-0.5 size-4 shrink-0 ${colour}`}
              role="img"
              aria-label={t(`mailbox.state.${state === "signedIn" ? "ok" : state}`)}
            />
            <div className="min-w-0">
              <p className="font-strong">{t(`mailbox.check.${name}`)}</p>
              {state === "failed" ? (
                <WhatToDo failure={verification.failure ?? ""} provider={provider} />
              ) : (
                <Finding {...{ name, state, verification }} />
              )}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

function Finding({ name, state, verification }: { name: CheckName; state: CheckState; verification: Verification }) {
  const { t, has } = useTexts()
  const { authservId } = verification.learnt
  const server = typeof authservId === "string" ? authservId : ""
  const without = `mailbox.without.${name}`
  const words = () => {
    if (state === "untested") return t("mailbox.untested")
    if (state === "signedIn") return t("mailbox.result.signedIn")
    if (state === "without" && has(without)) return t(without)
    return t(`mailbox.result.${name}`, { server })
  }
  return <p className="text-sm text-muted [overflow-wrap:anywhere]">{words()}</p>
}

function WhatToDo({ failure, provider }: { failure: string; provider: Provider }) {
  const { t, has } = useTexts()
  const id = `verification.${failure}`
  const remedy = remedyFor(failure, provider, has)
  return (
    <p className="text-sm text-muted [overflow-wrap:anywhere]">
      <span className="mb-0.5 block text-red first-letter:uppercase">{has(id) ? t(id) : failure}.</span>
      {has(remedy) && t(remedy)}
    </p>
  )
}
