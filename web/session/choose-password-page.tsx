import { useNavigate } from "@tanstack/react-router"
import { type FormEvent, useState } from "react"
import { Problem } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { useFieldError } from "../lib/problem-text.ts"
import { useDocumentTitle } from "../lib/document-title.ts"
import { SignInLinkForm } from "./sign-in-link-form.tsx"
import { Button } from "../ui/button.tsx"
import { ProblemLine } from "../ui/problem-line.tsx"
import { SignedOutLayout } from "./signed-out-layout.tsx"
import { RevokeKeysPrompt } from "./revoke-keys-prompt.tsx"
import { NewPassword } from "./new-password-field.tsx"
import { type Me, useChoosePassword } from "./session-queries.ts"

// The key travels behind the #, so that it reaches no log.
const tokenOfAddress = () => new URLSearchParams(location.hash.slice(1)).get("token") ?? ""

/** Where an invitation leads, and a link for a forgotten password. The button uses the link up, not the page. */
export function ChoosePasswordPage() {
  const { t } = useTexts()
  const [token] = useState(tokenOfAddress)
  const choose = useChoosePassword()
  const navigate = useNavigate()
  useDocumentTitle(t("password.title"))
  const enter = (me: Me) =>
    me.role === "user" ? location.replace("/my") : void navigate({ to: "/inbox", replace: true })
  const isOver = !token || (choose.error instanceof Problem && choose.error.code === "link_over")
  if (choose.data && choose.data.user.apiKeys > 0) {
    const { user } = choose.data
    return (
      <SignedOutLayout title={t("password.title")}>
        <RevokeKeysPrompt count={user.apiKeys} onDone={() => enter(user)} />
      </SignedOutLayout>
    )
  }
  return (
    <SignedOutLayout title={t("password.title")}>
      {isOver ? (
        <div className="grid gap-4">
          <p role="alert">{t("password.linkOver")}</p>
          <SignInLinkForm intro={t("forgot.intro")} />
        </div>
      ) : (
        <PasswordForm
          choose={choose}
          onSubmit={(password) =>
            choose.mutate({ token, password }, { onSuccess: ({ user }) => user.apiKeys === 0 && enter(user) })
          }
        />
      )}
    </SignedOutLayout>
  )
}

interface FormProps {
  choose: { error: unknown; isPending: boolean }
  onSubmit: (password: string) => void
}

function PasswordForm({ choose, onSubmit }: FormProps) {
  const { t } = useTexts()
  const fieldError = useFieldError(choose.error)("password")
  const [password, setPassword] = useState("")
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit(password)
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <p className="text-muted">{t("password.intro")}</p>
      <NewPassword
        label={t("profile.newPassword")}
        autoFocus
        value={password}
        error={fieldError}
        onChange={(event) => setPassword(event.target.value)}
      />
      {!fieldError && <ProblemLine error={choose.error} />}
      <Button type="submit" look="primary" className="h-9 max-md:h-11" disabled={choose.isPending}>
        {t("password.go")}
      </Button>
    </form>
  )
}
