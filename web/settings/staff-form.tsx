import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { useFieldError } from "../lib/problem.ts"
import { useMe, type Role } from "../session/session.ts"
import { Check, Choice, Field } from "../ui/field.tsx"
import { toast } from "../ui/toast.tsx"
import { FormDialog } from "./form.tsx"
import { teamIdsOf, usePeople, useUserActs, type User } from "./people.ts"

const roles = ["agent", "lead", "admin"] as const

export function StaffForm({ user, onClose }: { user?: User; onClose: () => void }) {
  const { t, language } = useTexts()
  const me = useMe()
  const { create, change } = useUserActs()
  const [form, setForm] = useState({
    name: user?.name ?? "",
    email: user?.email ?? "",
    role: user?.role ?? "agent",
    password: "",
  })
  const [capacity, setCapacity] = useState(String(user?.capacity ?? 20))
  const [teamIds, setTeamIds] = useState(user ? teamIdsOf(user) : [])
  const saving = user ? change : create
  const fieldError = useFieldError(saving.error)
  const submit = () => {
    const { password, ...rest } = form
    const onSuccess = () => {
      toast(user ? t("action.saved") : t("staff.created", { name: form.name }))
      onClose()
    }
    if (user) change.mutate({ id: user.id, ...rest, teamIds, capacity: Number(capacity) }, { onSuccess })
    else create.mutate({ ...rest, password, teamIds, capacity: Number(capacity), language }, { onSuccess })
  }
  const bind = (name: "name" | "email" | "password") => ({
    value: form[name],
    error: fieldError(name),
    required: true,
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  })
  return (
    <FormDialog
      title={user ? t("staff.edit", { name: user.name }) : t("staff.new")}
      go={user ? t("action.save") : t("action.create")}
      isPending={saving.isPending}
      error={saving.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t("field.name")} maxLength={120} autoComplete="off" {...bind("name")} />
      <Field label={t("field.email")} type="email" autoComplete="off" {...bind("email")} />
      <RoleChoice role={form.role} disabled={user?.id === me.id} onChange={(role) => setForm({ ...form, role })} />
      <TeamChoice teamIds={teamIds} onChange={setTeamIds} />
      <CapacityField value={capacity} error={fieldError("capacity")} onChange={setCapacity} />
      {!user && (
        <Field
          label={t("staff.password")}
          hint={t("staff.passwordText")}
          minLength={10}
          autoComplete="off"
          {...bind("password")}
        />
      )}
    </FormDialog>
  )
}

interface CapacityProps {
  value: string
  error: string | undefined
  onChange: (value: string) => void
}

function CapacityField({ onChange, ...props }: CapacityProps) {
  const { t } = useTexts()
  return (
    <Field
      label={t("staff.capacity")}
      type="number"
      min={0}
      max={10_000}
      required
      onChange={(event) => onChange(event.target.value)}
      {...props}
    />
  )
}

interface RoleProps {
  role: Role
  disabled: boolean
  onChange: (role: Role) => void
}

function RoleChoice({ role, disabled, onChange }: RoleProps) {
  const { t } = useTexts()
  const known = roles.find((one) => one === role) ?? "agent"
  return (
    <Choice
      label={t("staff.role")}
      hint={t(`staff.role.${known}Hint`)}
      value={role}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value as Role)}
    >
      {roles.map((one) => (
        <option key={one} value={one}>
          {t(`role.${one}`)}
        </option>
      ))}
    </Choice>
  )
}

function TeamChoice({ teamIds, onChange }: { teamIds: string[]; onChange: (teamIds: string[]) => void }) {
  const { t } = useTexts()
  const { teams } = usePeople()
  if (teams.length === 0) return null
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-strong">{t("staff.teams")}</legend>
      {teams.map((team) => (
        <Check
          key={team.id}
          label={team.name}
          checked={teamIds.includes(team.id)}
          onChange={(event) =>
            onChange(event.target.checked ? [...teamIds, team.id] : teamIds.filter((id) => id !== team.id))
          }
        />
      ))}
    </fieldset>
  )
}

export function NewPasswordForm({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTexts()
  const { reset } = useUserActs()
  const fieldError = useFieldError(reset.error)
  const [password, setPassword] = useState("")
  const submit = () =>
    reset.mutate(
      { id: user.id, password },
      {
        onSuccess: () => {
          toast(t("staff.resetDone", { name: user.name }))
          onClose()
        },
      },
    )
  return (
    <FormDialog
      title={t("staff.resetTitle", { name: user.name })}
      text={t("staff.passwordText")}
      go={t("action.save")}
      isPending={reset.isPending}
      error={reset.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label={t("profile.newPassword")}
        hint={t("field.passwordHint")}
        minLength={10}
        required
        autoComplete="off"
        value={password}
        error={fieldError("password")}
        onChange={(event) => setPassword(event.target.value)}
      />
    </FormDialog>
  )
}
