import { Link, useNavigate } from "@tanstack/react-router"
import { type FormEvent, useState } from "react"
import { Problem } from "../lib/api-client.ts"
import { guessCountry, countriesByName } from "../lib/formats/country-names-and-guessed-country.ts"
import { useTexts } from "../lib/language.tsx"
import { useFieldError, useProblemText } from "../lib/problem-text.ts"
import { useDocumentTitle } from "../lib/document-title.ts"
import { Button } from "../ui/button.tsx"
import { SelectField, InputField } from "../ui/form-fields.tsx"
import { SignedOutLayout } from "./signed-out-layout.tsx"
import { NewPassword } from "./new-password-field.tsx"
import { useSetUp } from "./session-queries.ts"

// The key travels behind the #, so that it reaches no log.
const tokenOfAddress = () => new URLSearchParams(location.hash.slice(1)).get("token") ?? ""

export function SetUpPage() {
  const { t } = useTexts()
  const [token] = useState(tokenOfAddress)
  useDocumentTitle(t("setup.title"))
  return (
    <SignedOutLayout title={t("setup.title")}>
      {token ? (
        <FirstAccount token={token} />
      ) : (
        <div className="grid gap-4">
          <p>{t("setup.noToken")}</p>
          <ToSignIn />
        </div>
      )}
    </SignedOutLayout>
  )
}

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

function FirstAccount({ token }: { token: string }) {
  const { t, language } = useTexts()
  const setUp = useSetUp()
  const fieldError = useFieldError(setUp.error)
  const navigate = useNavigate()
  const [form, setForm] = useState({ name: "", email: "", password: "", deskName: "" })
  const [country, setCountry] = useState(() => guessCountry(zone(), navigator.language))
  const field = (name: keyof typeof form) => ({
    value: form[name],
    error: fieldError(name),
    required: name !== "deskName",
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { deskName, ...account } = form
    const desk = { timezone: zone(), ...(country && { country }), ...(deskName.trim() && { deskName }) }
    setUp.mutate(
      { token, language, ...account, ...desk },
      { onSuccess: () => void navigate({ to: "/inbox", replace: true }) },
    )
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <p className="text-muted">{t("setup.intro")}</p>
      <InputField label={t("field.name")} autoComplete="name" autoFocus maxLength={120} {...field("name")} />
      <InputField label={t("field.email")} type="email" autoComplete="username" {...field("email")} />
      <NewPassword label={t("field.password")} {...field("password")} />
      <InputField label={t("setup.deskName")} autoComplete="organization" maxLength={100} {...field("deskName")} />
      <SelectField
        label={t("setup.country")}
        hint={t("setup.countryHint")}
        value={country}
        onChange={({ target }) => setCountry(target.value)}
      >
        <option value="">{t("setup.noCountry")}</option>
        {countriesByName(language).map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      {setUp.error && <Refused error={setUp.error} />}
      <Button type="submit" look="primary" className="h-9 max-md:h-11" disabled={setUp.isPending}>
        {t("setup.go")}
      </Button>
    </form>
  )
}

function Refused({ error }: { error: unknown }) {
  const { t } = useTexts()
  const say = useProblemText()
  if (!(error instanceof Problem) || ![401, 403, 404, 409].includes(error.status)) {
    return (
      <p role="alert" className="text-red">
        {say(error)}
      </p>
    )
  }
  return (
    <div role="alert" className="grid gap-2">
      <p className="text-red">{t("setup.used")}</p>
      <ToSignIn />
    </div>
  )
}

function ToSignIn() {
  const { t } = useTexts()
  return (
    <Link to="/sign-in" className="font-strong text-accent-strong underline underline-offset-2">
      {t("setup.toSignIn")}
    </Link>
  )
}
