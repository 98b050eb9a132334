import { useState, type FormEvent, type ReactNode } from "react"
import { languages, type Language } from "#texts/languages-and-text-ids.ts"
import { loadLanguage, useTexts } from "../lib/language.tsx"
import { useFieldError, useProblemText } from "../lib/problem-text.ts"
import { setTheme, themes, useTheme, type Theme } from "../lib/theme.ts"
import { RevokeKeysPrompt } from "../session/revoke-keys-prompt.tsx"
import { NewPassword } from "../session/new-password-field.tsx"
import { type Me, useChangeMe, useMe } from "../session/session-queries.ts"
import { SingleKeysSwitch } from "../shell/single-keys-switch.tsx"
import { Button } from "../ui/button.tsx"
import { SelectField, InputField } from "../ui/form-fields.tsx"
import { toast } from "../ui/toast.tsx"
import { ProblemLine } from "../ui/problem-line.tsx"
import { AfterClosingChoice } from "./after-closing-choice.tsx"
import { NotificationChoices } from "./notification-choices.tsx"
import { OwnHours } from "./own-hours.tsx"
import { SettingsPageLayout } from "./settings-page-layout.tsx"

export function ProfilePage() {
  const { t } = useTexts()
  const { hours } = useMe()
  return (
    <SettingsPageLayout title={t("settings.profile")} intro={t("profile.intro")}>
      <div className="grid max-w-[420px] gap-8">
        <Person />
        {hours && (
          <Part title={t("profile.hours")}>
            <OwnHours hours={hours} />
          </Part>
        )}
        <Part title={t("profile.appearance")}>
          <Appearance />
        </Part>
        <Part title={t("profile.work")}>
          <AfterClosingChoice />
        </Part>
        <Part id="notifications" title={t("notificationChoices.title")}>
          <NotificationChoices />
        </Part>
        <Part title={t("profile.keyboard")}>
          <SingleKeysSwitch />
        </Part>
        <Part title={t("profile.password")}>
          <Password />
        </Part>
      </div>
    </SettingsPageLayout>
  )
}

function Part({ id, title, children }: { id?: string; title: string; children: ReactNode }) {
  return (
    <section id={id} className="grid gap-3 border-t border-line pt-4">
      <h3 className="text-lg font-strong">{title}</h3>
      {children}
    </section>
  )
}

function Person() {
  const { t } = useTexts()
  const me = useMe()
  const change = useChangeMe()
  const fieldError = useFieldError(change.error)
  const [name, setName] = useState(me.name)
  const [timezone, setTimezone] = useState(me.timezone)
  const zones = [...new Set([me.timezone, ...Intl.supportedValuesOf("timeZone")])]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate({ name: name.trim(), timezone }, { onSuccess: () => toast(t("action.saved")) })
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <InputField
        label={t("field.name")}
        required
        maxLength={120}
        autoComplete="name"
        value={name}
        error={fieldError("name")}
        onChange={(event) => setName(event.target.value)}
      />
      <SelectField label={t("profile.timezone")} value={timezone} onChange={(event) => setTimezone(event.target.value)}>
        {zones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </SelectField>
      <ProblemLine error={change.error} />
      <div>
        <Button
          type="submit"
          look="primary"
          disabled={change.isPending || (name.trim() === me.name && timezone === me.timezone)}
        >
          {t("action.save")}
        </Button>
      </div>
    </form>
  )
}

function Appearance() {
  const { t, language } = useTexts()
  const theme = useTheme()
  const change = useChangeMe()
  const choose = (next: Language) => {
    void loadLanguage(next)
    change.mutate({ language: next })
  }
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label={t("language.label")}
        value={language}
        onChange={(event) => choose(event.target.value as Language)}
      >
        {languages.map((one) => (
          <option key={one} value={one} lang={one}>
            {t(`language.${one}`)}
          </option>
        ))}
      </SelectField>
      <SelectField label={t("theme.label")} value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
        {themes.map((one) => (
          <option key={one} value={one}>
            {t(`theme.${one}`)}
          </option>
        ))}
      </SelectField>
    </div>
  )
}

function Password() {
  const { t } = useTexts()
  const say = useProblemText()
  const change = useChangeMe()
  const [form, setForm] = useState({ current: "", new: "" })
  const [keys, setKeys] = useState(0)
  const fieldError = useFieldError(change.error)
  const isWrong = fieldError("password.current") !== undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const onSuccess = ({ apiKeys }: Me) => {
      toast(t("profile.passwordChanged"))
      setKeys(apiKeys)
      setForm({ current: "", new: "" })
    }
    change.mutate({ password: form }, { onSuccess })
  }
  if (keys > 0) return <RevokeKeysPrompt count={keys} onDone={() => setKeys(0)} />
  return (
    <form onSubmit={submit} className="grid gap-4">
      <InputField
        label={t("profile.currentPassword")}
        type="password"
        autoComplete="current-password"
        required
        value={form.current}
        error={isWrong ? t("profile.wrongPassword") : undefined}
        onChange={(event) => setForm({ ...form, current: event.target.value })}
      />
      <NewPassword
        label={t("profile.newPassword")}
        value={form.new}
        error={change.error && !isWrong ? (fieldError("password.new") ?? say(change.error)) : undefined}
        onChange={(event) => setForm({ ...form, new: event.target.value })}
      />
      <div>
        <Button type="submit" disabled={change.isPending}>
          {t("profile.changePassword")}
        </Button>
      </div>
    </form>
  )
}
