import { type FormEvent, useState } from "react"
import type { LinkedSystemKind } from "#agreements/api-contract.ts"
import { Problem } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { useFieldError } from "../../lib/problem-text.ts"
import { Button } from "../../ui/button.tsx"
import { InputField } from "../../ui/form-fields.tsx"
import { ProblemLine } from "../../ui/problem-line.tsx"
import { useEntityMutations } from "../entity-queries.ts"
import { formValuesOf, settingsToSend } from "./linked-system-form-values.ts"
import { linkedSystemKinds } from "./linked-system-kinds.ts"
import { type LinkedSystem, linkedSystemsPath } from "./linked-system-queries.ts"
import { TestConnection } from "./test-connection.tsx"

interface Props {
  /** None while it is made. */
  system: LinkedSystem | undefined
  kind: LinkedSystemKind
  onSaved?: (system: LinkedSystem) => void
}

/** What a linked system is called and how it is reached; once it is saved, whether that works. */
export function LinkedSystemForm(props: Props) {
  const { t } = useTexts()
  const { system, kind } = props
  const { values, setValues, isChanged, save, submit } = useForm(props)
  const fieldError = useFieldError(save.error)
  const settingError = useSettingError(save.error)
  const { settings, secrets } = values
  const { Fields } = linkedSystemKinds[kind]
  const bind = (name: string) => ({
    value: settings[name] ?? "",
    error: settingError(name),
    onChange: ({ target }: { target: { value: string } }) =>
      setValues({ ...values, settings: { ...settings, [name]: target.value } }),
  })
  const bindSecret = (name: string) => ({
    value: secrets[name] === undefined ? "" : secrets[name],
    error: settingError(name),
    isSet: system?.secretsSet.includes(name) ?? false,
    onChange: (value: string | null) => setValues({ ...values, secrets: { ...secrets, [name]: value } }),
  })
  return (
    <>
      <form onSubmit={submit} className="grid gap-4">
        <InputField
          label={t("field.name")}
          required
          maxLength={100}
          error={fieldError("name")}
          value={values.name}
          onChange={({ target }) => setValues({ ...values, name: target.value })}
        />
        <Fields {...{ system, settings, bind, bindSecret }} />
        <NotSaved error={save.error} />
        <div>
          <Button type="submit" look="primary" disabled={save.isPending}>
            {t(system ? "action.save" : "action.create")}
          </Button>
        </div>
      </form>
      {system && <TestConnection system={system} isChanged={isChanged} />}
    </>
  )
}

function useForm({ system, kind, onSaved }: Props) {
  const setup = linkedSystemKinds[kind]
  const stored = formValuesOf(setup, system)
  const [values, setValues] = useState(stored)
  const { save } = useEntityMutations<LinkedSystem>(linkedSystemsPath)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body = { name: values.name.trim(), settings: settingsToSend(setup, values, system) }
    const saved = (made: LinkedSystem) => {
      setValues(formValuesOf(setup, made))
      onSaved?.(made)
    }
    save.mutate({ id: system?.id, body: system ? body : { kind, ...body } }, { onSuccess: saved })
  }
  return { values, setValues, isChanged: JSON.stringify(values) !== JSON.stringify(stored), save, submit }
}

/** What is said beside a field is not said again. */
function NotSaved({ error }: { error: unknown }) {
  const { t } = useTexts()
  const isAtFields = error instanceof Problem && error.errors.length > 0
  if (!isAtFields) return <ProblemLine error={error} about={t("settings.saveFailed")} />
  return (
    <p role="alert" className="text-red">
      {t("linkedSystems.notSaved")}
    </p>
  )
}

/** What is wrong with a setting: in its own words, where the server's code says less than they do. */
function useSettingError(error: unknown): (name: string) => string | undefined {
  const { t, has } = useTexts()
  const fieldError = useFieldError(error)
  return (name) => {
    if (!(error instanceof Problem)) return undefined
    const path = `settings.${name}`
    const found = error.errors.find((one) => one.path === path || one.path.startsWith(`${path}.`))
    if (!found) return undefined
    const id = `linkedSystems.wrong.${name}`
    return has(id) && found.code === undefined ? t(id) : fieldError(found.path)
  }
}
