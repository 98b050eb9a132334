import { useQuery } from "@tanstack/react-query"
import { Plus } from "lucide-react"
import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { useFieldError } from "../lib/problem.ts"
import { useWhen } from "../lib/when.ts"
import type { Role } from "../session/session.ts"
import { Badge } from "../ui/badge.tsx"
import { Button } from "../ui/button.tsx"
import { Snippet } from "../ui/copy.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { Choice, Field } from "../ui/field.tsx"
import { toast } from "../ui/toast.tsx"
import { connectionsQuery } from "./connections.ts"
import { FormDialog } from "./form.tsx"
import { keysQuery, useKeyActs, type ApiKey } from "./keys.ts"
import { Page, Rows, Told } from "./page.tsx"

const roles = ["agent", "lead", "admin"] as const

export function KeysPage() {
  const { t } = useTexts()
  const query = useQuery(keysQuery)
  const [isMaking, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey>()
  return (
    <Page
      title={t("settings.keys")}
      intro={t("keys.intro")}
      action={
        <Button look="primary" onClick={() => setMaking(true)}>
          <Plus aria-hidden />
          {t("keys.new")}
        </Button>
      }
    >
      <Rows query={query} empty={{ title: t("keys.empty"), text: t("keys.emptyText") }}>
        {(key) => <Row apiKey={key} onRevoke={() => setRevoking(key)} />}
      </Rows>
      {isMaking && <NewKey onClose={() => setMaking(false)} />}
      {revoking && <Revoke apiKey={revoking} onClose={() => setRevoking(undefined)} />}
    </Page>
  )
}

function Row({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const { t } = useTexts()
  const when = useWhen()
  const used = apiKey.lastUsedAt ? t("keys.lastUsed", { when: when.full(apiKey.lastUsedAt) }) : t("keys.neverUsed")
  return (
    <>
      <Told title={apiKey.name}>{[t(`role.${apiKey.role}`), apiKey.user?.name, used].filter(Boolean).join(" · ")}</Told>
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
  const { create } = useKeyActs()
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
      <Field
        label={t("keys.name")}
        required
        maxLength={100}
        value={name}
        error={fieldError("name")}
        onChange={(event) => setName(event.target.value)}
      />
      <Choice label={t("keys.role")} value={role} onChange={(event) => setRole(event.target.value as Role)}>
        {roles.map((one) => (
          <option key={one} value={one}>
            {t(`role.${one}`)}
          </option>
        ))}
      </Choice>
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
  const sources = (useQuery(connectionsQuery).data?.items ?? []).filter(({ kind }) => kind === "api")
  if (sources.length === 0) return null
  return (
    <Choice
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
    </Choice>
  )
}

function Revoke({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t } = useTexts()
  const { revoke } = useKeyActs()
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
    >
      {null}
    </FormDialog>
  )
}
