import { useQuery } from "@tanstack/react-query"
import { Link, useNavigate, useSearch } from "@tanstack/react-router"
import { type FormEvent, useEffect, useState } from "react"
import { Problem } from "../lib/api-client.ts"
import { isInPortal, useTexts } from "../lib/language.tsx"
import { useDocumentTitle } from "../lib/document-title.ts"
import { useProblemText } from "../lib/problem-text.ts"
import { Button } from "../ui/button.tsx"
import { InputField } from "../ui/form-fields.tsx"
import { SignedOutLayout } from "./signed-out-layout.tsx"
import { sessionQuery, useSignIn } from "./session-queries.ts"

export function SignInPage() {
  const { t } = useTexts()
  const signIn = useSignIn()
  const { next, expired } = useSearch({ strict: false })
  const isIn = Boolean(useQuery(sessionQuery).data?.user)
  const navigate = useNavigate()
  useDocumentTitle(t("signIn.go"))
  useEffect(() => {
    if (!isIn) return
    if (next && isInPortal(next)) location.replace(next)
    else void navigate({ href: next ?? "/inbox", replace: true })
  }, [isIn, next, navigate])
  const [email, setEmail] = useState("")
  const [password, setPassword] = useState("")
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate({ email, password })
  }
  if (isIn) return null
  return (
    <SignedOutLayout title={t("signIn.title")}>
      <form onSubmit={submit} className="grid gap-4">
        {expired && <p role="status">{t("refusal.unauthenticated")}</p>}
        <InputField
          label={t("field.email")}
          type="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <InputField
          label={t("field.password")}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {signIn.error && <Refused error={signIn.error} />}
        <Button type="submit" look="primary" className="h-9 max-md:h-11" disabled={signIn.isPending}>
          {t("signIn.go")}
        </Button>
        <Link to="/forgot" className="text-sm text-accent underline">
          {t("signIn.forgot")}
        </Link>
        <a href="/my" className="text-sm text-accent underline">
          {t("portal.byLink")}
        </a>
      </form>
    </SignedOutLayout>
  )
}

function Refused({ error }: { error: unknown }) {
  const { t } = useTexts()
  const say = useProblemText()
  const status = error instanceof Problem ? error.status : undefined
  const text = status === 401 || status === 400 ? t("signIn.wrong") : say(error)
  return (
    <p role="alert" className="text-red">
      {text}
    </p>
  )
}
