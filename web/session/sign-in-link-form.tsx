import { Link } from "@tanstack/react-router"
import { type FormEvent, useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { useFieldError } from "../lib/problem-text.ts"
import { Button } from "../ui/button.tsx"
import { InputField } from "../ui/form-fields.tsx"
import { ProblemLine } from "../ui/problem-line.tsx"
import { useSendSignInLink } from "./session-queries.ts"

/** Says the same for every address: whose it is, is nobody's business. */
export function SignInLinkForm({ intro }: { intro: string }) {
  const { t } = useTexts()
  const ask = useSendSignInLink()
  const fieldError = useFieldError(ask.error)("email")
  const [email, setEmail] = useState("")
  const submit = (event: FormEvent) => {
    event.preventDefault()
    ask.mutate(email)
  }
  if (ask.isSuccess)
    return (
      <div role="status" className="grid gap-3">
        <p className="break-words">{t("portal.linkSent", { email })}</p>
        <p className="text-sm text-faint">{t("portal.linkNotThere")}</p>
        <Button onClick={() => ask.reset()}>{t("portal.otherAddress")}</Button>
      </div>
    )
  return (
    <form onSubmit={submit} className="grid gap-4">
      <p className="text-muted">{intro}</p>
      <InputField
        label={t("field.email")}
        type="email"
        autoComplete="email"
        required
        autoFocus
        maxLength={254}
        value={email}
        error={fieldError}
        onChange={(event) => setEmail(event.target.value)}
      />
      {!fieldError && <ProblemLine error={ask.error} />}
      <Button type="submit" look="primary" className="h-9 max-md:h-11" disabled={ask.isPending}>
        {t("portal.sendLink")}
      </Button>
      <Link to="/sign-in" className="text-sm text-accent underline">
        {t("portal.withPassword")}
      </Link>
    </form>
  )
}
