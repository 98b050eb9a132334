import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { SelectField, InputField } from "../../ui/form-fields.tsx"
import { MoreButton } from "../../ui/more-button.tsx"
import { useAuditChangeText } from "./audit-change-text.ts"
import { type AuditEntry, type AuditFilters, auditSubjects, useAudit } from "./audit-queries.ts"
import { SettingsPageLayout, EntityRows, RowText } from "../settings-page-layout.tsx"
import { useStaffAndTeams } from "../../people/user-and-team-queries.ts"

export function AuditPage() {
  const { t } = useTexts()
  const [filters, setFilters] = useState<AuditFilters>({ kind: "", actor: "", from: "", to: "" })
  const audit = useAudit(filters)
  const query = { ...audit, data: audit.data && { items: audit.data.pages.flatMap(({ items }) => items) } }
  return (
    <SettingsPageLayout title={t("settings.audit")} intro={t("audit.intro")}>
      <Filters filters={filters} onChange={setFilters} />
      <EntityRows query={query} empty={t("audit.empty")}>
        {(entry) => <Entry entry={entry} />}
      </EntityRows>
      <MoreButton query={audit}>{t("audit.more")}</MoreButton>
    </SettingsPageLayout>
  )
}

function Filters({ filters, onChange }: { filters: AuditFilters; onChange: (filters: AuditFilters) => void }) {
  const { t } = useTexts()
  const { users } = useStaffAndTeams()
  return (
    <div className="mb-4 grid grid-cols-2 gap-3 md:grid-cols-4">
      <SelectField
        label={t("audit.kind")}
        value={filters.kind}
        onChange={(event) => onChange({ ...filters, kind: event.target.value as AuditFilters["kind"] })}
      >
        <option value="">{t("audit.all")}</option>
        {auditSubjects.map((kind) => (
          <option key={kind} value={kind}>
            {t(`audit.kind.${kind}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("audit.actor")}
        value={filters.actor}
        onChange={(event) => onChange({ ...filters, actor: event.target.value })}
      >
        <option value="">{t("audit.anybody")}</option>
        {users.map((user) => (
          <option key={user.id} value={user.id}>
            {user.name}
          </option>
        ))}
      </SelectField>
      {(["from", "to"] as const).map((end) => (
        <InputField
          key={end}
          label={t(`audit.${end}`)}
          type="date"
          value={filters[end]}
          onChange={(event) => onChange({ ...filters, [end]: event.target.value })}
        />
      ))}
    </div>
  )
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { t, has } = useTexts()
  const when = useTimeFormat()
  const say = useAuditChangeText()
  const kind = `audit.kind.${entry.subject.type === "tickets" ? "export" : entry.subject.type}`
  const setting = `audit.setting.${entry.subject.name}`
  const name = entry.subject.type === "setting" && has(setting) ? t(setting) : entry.subject.name
  const actor = entry.actor.name ?? t("audit.system")
  return (
    <RowText
      title={
        <>
          <span className="min-w-0 break-words">
            {actor} {t(`audit.action.${entry.action}`)} {has(kind) ? t(kind) : kind}: {name}
          </span>
          <time dateTime={entry.at} className="text-sm font-normal text-muted">
            {when.full(entry.at)}
          </time>
        </>
      }
    >
      {entry.changes.map((change) => (
        <span key={change.field} className="block break-words">
          {say(change)}
        </span>
      ))}
    </RowText>
  )
}
