import { useQuery } from "@tanstack/react-query"
import { useEffect, useRef, useState } from "react"
import { useTexts } from "../../../lib/language.tsx"
import { useTimeFormat } from "../../../lib/use-time-format.ts"
import { Button } from "../../../ui/button.tsx"
import { ProblemLine } from "../../../ui/problem-line.tsx"
import type { Provider } from "./provider-presets.ts"
import { signInAt } from "./oauth-form-values.ts"
import { signInQuery, useSignIn } from "./sign-in-queries.ts"

/** Whether somebody has signed the mailbox in, what came of the last try, and the way there. */
export function SignInState({ id, provider }: { id: string; provider: Provider }) {
  const { t, has } = useTexts()
  const when = useTimeFormat()
  const { data } = useQuery(signInQuery(id))
  const signIn = useSignIn()
  const [outcome] = useState(() => new URLSearchParams(location.search).get("signIn"))
  const said = `mailbox.signIn.${outcome ?? ""}`
  const at = signInAt(provider) ?? "other"
  const place = useRef<HTMLDivElement>(null)
  // Who comes back from the provider looks at the top of the page.
  const isShown = outcome !== null && data !== undefined
  useEffect(() => {
    if (isShown) place.current?.scrollIntoView({ block: "center" })
  }, [isShown])
  if (!data) return null
  const { state, signedInAt } = data
  return (
    <div ref={place} className="grid gap-2 rounded border border-line p-3">
      <div role="status" className="grid gap-1">
        {outcome !== null && outcome !== "signed_in" && has(said) && <p className="text-red">{t(said)}</p>}
        <p className={state === "ended" ? "font-strong text-red" : "font-strong"}>
          {t(`mailbox.signIn.is.${state}`, { when: signedInAt === null ? "" : when.full(signedInAt) })}
        </p>
        {outcome === "signed_in" && state === "signed_in" && (
          <p className="text-muted">{t("mailbox.signIn.testNow")}</p>
        )}
      </div>
      <ProblemLine error={signIn.error} />
      <div>
        <Button
          look={state === "signed_in" ? "plain" : "primary"}
          onClick={() => signIn.mutate(id)}
          disabled={signIn.isPending}
        >
          {t(`mailbox.signIn.at.${at}`)}
        </Button>
      </div>
    </div>
  )
}
