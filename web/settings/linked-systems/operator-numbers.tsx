import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useFieldError } from "../../lib/problem-text.ts"
import { isDisabled, useStaffAndTeams, useUserMutations, type User } from "../../people/user-and-team-queries.ts"
import { Badge } from "../../ui/badge.tsx"
import { Button } from "../../ui/button.tsx"
import { FormDialog } from "../../ui/form-dialog.tsx"
import { InputField } from "../../ui/form-fields.tsx"
import { SetupSection } from "../connections/titled-setup-section.tsx"
import { RowText } from "../settings-page-layout.tsx"

function numberOf({ externalIds }: User): string {
  const number = externalIds?.["splynx"]
  return typeof number === "string" ? number : ""
}

/** Who of the staff is whom there, and by which phone they learn that a ticket of theirs was reopened. */
export function OperatorNumbers({ systemName }: { systemName: string }) {
  const { t } = useTexts()
  const { users } = useStaffAndTeams()
  const [changing, setChanging] = useState<User>()
  return (
    <SetupSection
      title={t("linkedSystems.operators", { system: systemName })}
      text={t("linkedSystems.operatorsText", { system: systemName })}
    >
      <ul className="rounded border border-line">
        {users
          .filter((user) => !isDisabled(user))
          .map((user) => (
            <li
              key={user.id}
              className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 border-line px-3 py-2 not-last:border-b"
            >
              <Operator user={user} onEdit={() => setChanging(user)} />
            </li>
          ))}
      </ul>
      {changing && <OperatorForm user={changing} systemName={systemName} onClose={() => setChanging(undefined)} />}
    </SetupSection>
  )
}

function Operator({ user, onEdit }: { user: User; onEdit: () => void }) {
  const { t } = useTexts()
  const { name, phone } = user
  const number = numberOf(user)
  return (
    <>
      <RowText title={name}>{number ? (phone ?? "") : t("linkedSystems.noOperator")}</RowText>
      {number && <Badge>{t("linkedSystems.operatorNumber", { number })}</Badge>}
      {number && !phone && <Badge tone="amber">{t("linkedSystems.noPhone")}</Badge>}
      <Button size="sm" onClick={onEdit} aria-label={`${t("action.edit")}: ${name}`}>
        {t("action.edit")}
      </Button>
    </>
  )
}

function OperatorForm({ user, systemName, onClose }: { user: User; systemName: string; onClose: () => void }) {
  const { t } = useTexts()
  const { change } = useUserMutations("in the form")
  const fieldError = useFieldError(change.error)
  const [number, setNumber] = useState(numberOf(user))
  const [phone, setPhone] = useState(user.phone ?? "")
  const submit = () => {
    const externalIds = number.trim() ? { splynx: number.trim() } : {}
    change.mutate({ id: user.id, externalIds, phone: phone.trim() || null }, { onSuccess: onClose })
  }
  return (
    <FormDialog
      title={t("linkedSystems.operatorTitle", { name: user.name, system: systemName })}
      go={t("action.save")}
      isPending={change.isPending}
      error={change.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <InputField
        label={t("linkedSystems.operatorId", { system: systemName })}
        hint={t("linkedSystems.operatorIdHint")}
        inputMode="numeric"
        maxLength={100}
        error={fieldError("externalIds.splynx")}
        value={number}
        onChange={({ target }) => setNumber(target.value)}
      />
      <InputField
        label={t("linkedSystems.phone")}
        hint={t("linkedSystems.phoneHint")}
        type="tel"
        maxLength={50}
        error={fieldError("phone")}
        value={phone}
        onChange={({ target }) => setPhone(target.value)}
      />
    </FormDialog>
  )
}
