import { useQuery } from "@tanstack/react-query"
import { Plus } from "lucide-react"
import { useState } from "react"
import { connectionChannels } from "../../channels/channel-registry.ts"
import { useTexts } from "../../lib/language.tsx"
import { useFieldError } from "../../lib/problem-text.ts"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import type { Role } from "../../session/session-queries.ts"
import { Badge } from "../../ui/badge.tsx"
import { Button } from "../../ui/button.tsx"
import { Snippet } from "../../ui/copy-button-and-snippet.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { SelectField, InputField } from "../../ui/form-fields.tsx"
import { toast } from "../../ui/toast.tsx"
import { connectionsQuery } from "../connections/connection-queries.ts"
import { FormDialog } from "../../ui/form-dialog.tsx"
import { apiKeysQuery, useApiKeyMutations, type ApiKey } from "./api-key-queries.ts"
import { SettingsPageLayout, EntityRows, RowText } from "../settings-page-layout.tsx"

const roles = ["agent", "lead", "admin"] as const

export function ApiKeysPage() {
  const { t } = useTexts()
  const query = useQuery(apiKeysQuery)
  const [isMaking, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey>()
  return (
    <SettingsPageLayout
      title={t("settings.keys")}
      intro={t("keys.intro")}
      action={
        <Button look="primary" onClick={() => setMaking(true)}>
          <Plus aria-hidden />
          {t("keys.new")}
        </Button>
      }
    >
      <EntityRows query={query} empty={t("keys.empty")}>
        {(key) => <Row apiKey={key} onRevoke={() => setRevoking(key)} />}
      </EntityRows>
      {isMaking && <NewKey onClose={() => setMaking(false)} />}
      {revoking && <Revoke apiKey={revoking} onClose={() => setRevoking(undefined)} />}
    </SettingsPageLayout>
  )
}

function Row({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const used = apiKey.lastUsedAt ? t("keys.lastUsed", { when: when.full(apiKey.lastUsedAt) }) : t("keys.neverUsed")
  return (
    <>
      <RowText title={apiKey.name}>
        {[t(`role.${apiKey.role}`), apiKey.user?.name, used].filter(Boolean).join(" · ")}
      </RowText>
      {apiKey.revokedAt ? (
        <Badge tone="red">{t("keys.revoked")}</Badge>
      ) : (
        <Button size="sm" look="danger" aria-label={`${t("keys.revoke")}: ${apiKey.name}`} onClick={onRevoke}>
          {t("keys.revoke")}
        </Button>
      )}
    </>
  )
}

/** First the form, then the key itself, shown this once. */
function NewKey({ onClose }: { onClose: () => void }) {
  const { t } = useTexts()
  const { create } = useApiKeyMutations()
  const fieldError = useFieldError(create.error)
  const [name, setName] = useState("")
  const [role, setRole] = useState<Role>("agent")
  const [connectionId, setConnectionId] = useState("")
  if (create.data)
    return (
      <Dialog
        open
        onClose={onClose}
        title={t("keys.created")}
        text={t("keys.createdText")}
        footer={
          <Button look="primary" onClick={onClose}>
            {t("keys.done")}
          </Button>
        }
      >
        <Snippet label={t("keys.created")} text={create.data.key} />
      </Dialog>
    )
  return (
    <FormDialog
      title={t("keys.new")}
      go={t("action.create")}
      isPending={create.isPending}
      error={create.error}
      onSubmit={() =>
        create.mutate({ name: name.trim(), role, ...(connectionId && { connectionIds: [connectionId] }) })
      }
      onClose={onClose}
    >
      <InputField
        label={t("keys.name")}
        required
        maxLength={100}
        value={name}
        error={fieldError("name")}
        onChange={(event) => setName(event.target.value)}
      />
      <SelectField label={t("keys.role")} value={role} onChange={(event) => setRole(event.target.value as Role)}>
        {roles.map((one) => (
          <option key={one} value={one}>
            {t(`role.${one}`)}
          </option>
        ))}
      </SelectField>
      <SourceChoice value={connectionId} error={fieldError("connectionIds")} onChange={setConnectionId} />
    </FormDialog>
  )
}

interface SourceProps {
  value: string
  error: string | undefined
  onChange: (connectionId: string) => void
}

/** For the key of another system that hands in messages; not there while no connection takes any. */
function SourceChoice({ onChange, ...props }: SourceProps) {
  const { t } = useTexts()
  const sources = (useQuery(connectionsQuery).data?.items ?? []).filter(
    ({ kind }) => connectionChannels[kind].isHandedIn,
  )
  if (sources.length === 0) return null
  return (
    <SelectField
      label={t("keys.connection")}
      hint={t("keys.connectionHint")}
      onChange={(event) => onChange(event.target.value)}
      {...props}
    >
      <option value="">{t("keys.noConnection")}</option>
      {sources.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}

function Revoke({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t } = useTexts()
  const { revoke } = useApiKeyMutations()
  const onSuccess = () => {
    toast(t("keys.revokedDone", { name: apiKey.name }))
    onClose()
  }
  return (
    <FormDialog
      title={t("keys.revokeTitle", { name: apiKey.name })}
      text={t("keys.revokeText")}
      go={t("keys.revoke")}
      isPending={revoke.isPending}
      error={revoke.error}
      onSubmit={() => revoke.mutate(apiKey.id, { onSuccess })}
      onClose={onClose}
    />
  )
}
