import { useQuery } from "@tanstack/react-query"
import { Link, useNavigate } from "@tanstack/react-router"
import { Ellipsis, Plus } from "lucide-react"
import { useState } from "react"
import { connectionChannels } from "../../channels/channel-registry.ts"
import { useFailureText } from "../../channels/failure-text.ts"
import { setupOf } from "../../channels/connection-setup-registry.ts"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { Badge } from "../../ui/badge.tsx"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { Menu, MenuItem } from "../../ui/menu.tsx"
import { toast } from "../../ui/toast.tsx"
import { ConnectionForm } from "./connection-form.tsx"
import { connectionsQuery, useConnectionMutations, type Connection } from "./connection-queries.ts"
import { SettingsPageLayout, EntityRows, RowText } from "../settings-page-layout.tsx"

type OpenDialog = { act: "new" } | { act: "edit" | "use"; connection: Connection }

export function ConnectionsPage() {
  const { t } = useTexts()
  const query = useQuery(connectionsQuery)
  const [open, setOpen] = useState<OpenDialog>()
  const close = () => setOpen(undefined)
  const [isUnknownSignIn] = useState(() => new URLSearchParams(location.search).get("signIn") === "state")
  const navigate = useNavigate()
  const goOn = (connection: Connection) => {
    if (!setupOf(connection.kind).Page) return setOpen({ act: "use", connection })
    void navigate({ to: "/settings/connections/$id", params: { id: connection.id } })
  }
  return (
    <SettingsPageLayout
      title={t("settings.connections")}
      intro={t("connections.intro")}
      action={
        <Button look="primary" onClick={() => setOpen({ act: "new" })}>
          <Plus aria-hidden />
          {t("connections.new")}
        </Button>
      }
    >
      {isUnknownSignIn && (
        <p role="alert" className="mb-3 text-red">
          {t("connections.signInUnknown")}
        </p>
      )}
      <EntityRows query={query} empty={t("connections.empty")}>
        {(connection) => <Row connection={connection} onOpen={setOpen} />}
      </EntityRows>
      {open?.act === "new" && <ConnectionForm onClose={close} onMade={goOn} />}
      {open?.act === "edit" && <ConnectionForm connection={open.connection} onClose={close} />}
      {open?.act === "use" && (
        <Dialog open onClose={close} title={open.connection.name}>
          <Instructions connection={open.connection} />
        </Dialog>
      )}
    </SettingsPageLayout>
  )
}

function Instructions({ connection: { id, kind } }: { connection: Connection }) {
  const { Instructions: OfKind } = setupOf(kind)
  return OfKind ? <OfKind id={id} /> : null
}

function Row({ connection, onOpen }: { connection: Connection; onOpen: (open: OpenDialog) => void }) {
  const { t } = useTexts()
  const { duration } = useTimeFormat()
  const { change } = useConnectionMutations()
  const { name, enabled, reopenWindowMinutes: minutes } = connection
  const { Page, pageName = "connections.lookAfter" } = setupOf(connection.kind)
  const turn = () =>
    change.mutate(
      { id: connection.id, enabled: !enabled },
      { onSuccess: () => toast(t(enabled ? "connections.turnedOff" : "connections.turnedOn", { name })) },
    )
  return (
    <>
      <RowText title={name}>
        {t(`connections.kind.${connection.kind}`)} ·{" "}
        {minutes > 0 ? t("connections.windowShort", { duration: duration(minutes) }) : t("connections.windowNever")}
      </RowText>
      <Stopped connection={connection} />
      <Badge tone={enabled ? "green" : "neutral"}>
        {enabled ? t("connections.enabled") : t("connections.disabled")}
      </Badge>
      {Page ? (
        <Button asChild size="sm">
          <Link to="/settings/connections/$id" params={{ id: connection.id }} aria-label={`${t(pageName)}: ${name}`}>
            {t(pageName)}
          </Link>
        </Button>
      ) : (
        <Button
          size="sm"
          onClick={() => onOpen({ act: "use", connection })}
          aria-label={`${t("connections.use")}: ${name}`}
        >
          {t("connections.use")}
        </Button>
      )}
      <Menu
        trigger={
          <Button look="quiet" size="icon" aria-label={`${t("action.more")}: ${name}`}>
            <Ellipsis />
          </Button>
        }
      >
        <MenuItem onSelect={() => onOpen({ act: "edit", connection })}>{t("action.edit")}</MenuItem>
        <MenuItem danger={enabled} onSelect={turn}>
          {enabled ? t("connections.turnOff") : t("connections.turnOn")}
        </MenuItem>
      </Menu>
    </>
  )
}

/** The whole account cannot send: said here, where an admin who can mend it looks. */
function Stopped({ connection }: { connection: Connection }) {
  const { t } = useTexts()
  const failureText = useFailureText()
  const { breaker } = connection.health
  if (!breaker) return null
  const reason = failureText(breaker.reason, connectionChannels[connection.kind])
  return (
    <>
      <Badge tone="red">{t("connections.stopped")}</Badge>
      <p className="order-last w-full text-sm text-red">{t("connections.stoppedBecause", { reason })}</p>
    </>
  )
}
