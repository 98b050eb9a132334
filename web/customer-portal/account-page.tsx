import { type FormEvent, useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { useFieldError } from "../lib/problem-text.ts"
import { useDocumentTitle } from "../lib/document-title.ts"
import { useMe } from "../session/session-queries.ts"
import { Button } from "../ui/button.tsx"
import { InputField } from "../ui/form-fields.tsx"
import { ProblemLine } from "../ui/problem-line.tsx"
import { UnconfirmedAddresses } from "./claim-or-disown-addresses.tsx"
import { useSetAccountPassword } from "./request-queries.ts"

export function AccountPage() {
  return (
    <div className="grid gap-8">
      <PasswordForm />
      <UnconfirmedAddresses answered />
    </div>
  )
}

/** A password is a convenience: the mailed link works with and without one. */
function PasswordForm() {
  const { t } = useTexts()
  const { email, hasPassword } = useMe()
  const set = useSetAccountPassword()
  const fieldError = useFieldError(set.error)
  const [current, setCurrent] = useState("")
  const [next, setNext] = useState("")
  useDocumentTitle(t("portal.profile"))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const clear = () => {
      setCurrent("")
      setNext("")
    }
    set.mutate({ ...(hasPassword && { current }), new: next }, { onSuccess: clear })
  }
  const wrong = fieldError("password.current") ?? fieldError("password.new")
  return (
    <form onSubmit={submit} className="grid max-w-[380px] gap-4">
      <h1 className="text-xl font-strong">{t("portal.profile")}</h1>
      <p className="break-words text-muted">{email}</p>
      {hasPassword && (
        <InputField
          label={t("portal.currentPassword")}
          type="password"
          autoComplete="current-password"
          required
          value={current}
          error={fieldError("password.current") && t("portal.passwordWrong")}
          onChange={({ target }) => setCurrent(target.value)}
        />
      )}
      <InputField
        label={t(hasPassword ? "portal.newPassword" : "portal.firstPassword")}
        hint={t("field.passwordHint")}
        type="password"
        autoComplete="new-password"
        minLength={10}
        required
        value={next}
        error={fieldError("password.new")}
        onChange={({ target }) => setNext(target.value)}
      />
      {!wrong && <ProblemLine error={set.error} />}
      {set.isSuccess && <p role="status">{t("portal.passwordSaved")}</p>}
      <Button type="submit" look="primary" disabled={set.isPending}>
        {t("portal.save")}
      </Button>
    </form>
  )
}
