import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useFieldError } from "../../lib/problem-text.ts"
import { useMe, type Role } from "../../session/session-queries.ts"
import { CheckboxGroup, SelectField, InputField } from "../../ui/form-fields.tsx"
import { toast } from "../../ui/toast.tsx"
import { FormDialog } from "../../ui/form-dialog.tsx"
import { CalendarChoice } from "../calendars/calendar-choice.tsx"
import { teamIdsOf, useStaffAndTeams, useUserMutations, type User } from "../../people/user-and-team-queries.ts"

const roles = ["agent", "lead", "admin"] as const

interface Props {
  user?: User
  onClose: () => void
  /** Called with the account that was made. */
  onMade?: (user: User) => void
}

export function StaffForm({ user, onClose, onMade }: Props) {
  const { t, language } = useTexts()
  const me = useMe()
  const { create, change } = useUserMutations("in the form")
  const [form, setForm] = useState({
    name: user?.name ?? "",
    email: user?.email ?? "",
    role: user?.role ?? "agent",
  })
  const [capacity, setCapacity] = useState(String(user?.capacity ?? 20))
  const [teamIds, setTeamIds] = useState(user ? teamIdsOf(user) : [])
  const [calendarId, setCalendarId] = useState(user?.calendarId ?? "")
  const { teams } = useStaffAndTeams()
  const [isWarned, setWarned] = useState(false)
  const seesLittle = form.role !== "admin" && teams.length > 0 && teamIds.length === 0
  const saving = user ? change : create
  const fieldError = useFieldError(saving.error)
  const submit = () => {
    if (seesLittle && !isWarned) return setWarned(true)
    const body = { ...form, teamIds, capacity: Number(capacity), calendarId: calendarId || null }
    const saved = () => {
      toast(t("action.saved"))
      onClose()
    }
    if (user) return change.mutate({ id: user.id, ...body }, { onSuccess: saved })
    return create.mutate({ ...body, language }, { onSuccess: (made) => onMade?.(made) })
  }
  const bind = (name: "name" | "email") => ({
    value: form[name],
    error: fieldError(name),
    required: true,
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  })
  return (
    <FormDialog
      title={user ? t("staff.edit", { name: user.name }) : t("staff.new")}
      go={isWarned && seesLittle ? t("staff.anyway") : user ? t("action.save") : t("staff.invite")}
      isPending={saving.isPending}
      error={saving.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <InputField label={t("field.name")} maxLength={120} autoComplete="off" {...bind("name")} />
      <InputField label={t("field.email")} type="email" autoComplete="off" {...bind("email")} />
      <RoleChoice role={form.role} disabled={user?.id === me.id} onChange={(role) => setForm({ ...form, role })} />
      <TeamChoice teamIds={teamIds} onChange={setTeamIds} />
      {isWarned && seesLittle && (
        <p role="alert" className="text-red">
          {t("staff.noTeam")}
        </p>
      )}
      <CapacityField value={capacity} error={fieldError("capacity")} onChange={setCapacity} />
      <HoursChoice value={calendarId} error={fieldError("calendarId")} onChange={setCalendarId} />
    </FormDialog>
  )
}

interface FieldProps {
  value: string
  error: string | undefined
  onChange: (value: string) => void
}

function CapacityField({ onChange, ...props }: FieldProps) {
  const { t } = useTexts()
  return (
    <InputField
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

function HoursChoice({ onChange, ...props }: FieldProps) {
  const { t } = useTexts()
  return (
    <CalendarChoice
      label={t("staff.hours")}
      hint={t("staff.hoursHint")}
      none={t("staff.anyHour")}
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
    <SelectField
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
    </SelectField>
  )
}

function TeamChoice({ teamIds, onChange }: { teamIds: string[]; onChange: (teamIds: string[]) => void }) {
  const { t } = useTexts()
  const { teams } = useStaffAndTeams()
  if (teams.length === 0) return null
  return <CheckboxGroup legend={t("staff.teams")} choices={teams} chosen={teamIds} onChange={onChange} />
}
