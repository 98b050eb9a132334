import { useQuery } from "@tanstack/react-query"
import { Check, Hourglass } from "lucide-react"
import { useTexts } from "../../../lib/language.tsx"
import { randomKey } from "../../../lib/random-key.ts"
import { useTimeFormat } from "../../../lib/use-time-format.ts"
import { Badge } from "../../../ui/badge.tsx"
import { Button } from "../../../ui/button.tsx"
import { Snippet } from "../../../ui/copy-button-and-snippet.tsx"
import { useConnectionMutations, type Connection } from "../../../settings/connections/connection-queries.ts"
import { checksQuery } from "./check-queries.ts"
import { SetupStep } from "../../../settings/connections/setup-step.tsx"

interface Props {
  connection: Connection | undefined
  verifyToken: string
  onToken: (token: string) => void
}

/** Step 3: what Meta must know of us, and the moment when it first calls. */
export function WebhookStep({ connection, verifyToken, onToken }: Props) {
  const { t } = useTexts()
  const checks = useQuery({ ...checksQuery(connection?.id ?? ""), enabled: Boolean(connection) })
  const received = checks.data?.checks.find(({ name, ok }) => name === "webhook" && ok)
  return (
    <SetupStep number={3} title={t("whatsapp.webhook")} text={t("whatsapp.webhookText")} isDone={Boolean(received)}>
      {connection ? (
        <>
          {location.protocol !== "https:" && <p className="text-sm text-amber">{t("whatsapp.needsHttps")}</p>}
          <Labelled label={t("whatsapp.callbackUrl")} text={`${location.origin}/webhooks/whatsapp/${connection.id}`} />
          <VerifyToken {...{ connection, verifyToken, onToken }} />
          <p className="text-sm text-muted">{t("whatsapp.subscribe")}</p>
          <WebhookSeen at={received?.detail} />
        </>
      ) : (
        <p className="text-sm text-faint">{t("whatsapp.saveFirst")}</p>
      )}
    </SetupStep>
  )
}

const Labelled = ({ label, text }: { label: string; text: string }) => (
  <div className="grid gap-1">
    <p className="text-sm font-strong">{label}</p>
    <Snippet label={label} text={text} />
  </div>
)

function VerifyToken({ connection, verifyToken, onToken }: Props & { connection: Connection }) {
  const { t } = useTexts()
  const { change } = useConnectionMutations("in the form")
  const isSet = connection.secretsSet.includes("verifyToken")
  if (verifyToken) return <Labelled label={t("whatsapp.verifyToken")} text={verifyToken} />
  const renew = () => {
    const fresh = randomKey()
    change.mutate({ id: connection.id, settings: { verifyToken: fresh } }, { onSuccess: () => onToken(fresh) })
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="text-sm font-strong">{t("whatsapp.verifyToken")}</span>
      {isSet && (
        <Badge tone="green">
          <Check aria-hidden />
          {t("secret.kept")}
        </Badge>
      )}
      <Button size="sm" onClick={renew} disabled={change.isPending}>
        {t("whatsapp.newVerifyToken")}
      </Button>
      {change.isError && (
        <p role="alert" className="w-full text-sm text-red">
          {t("settings.saveFailed")}
        </p>
      )}
    </div>
  )
}

function WebhookSeen({ at }: { at: string | undefined }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  return (
    <p role="status" className={at ? "flex items-center gap-1.5 text-green" : "flex items-center gap-1.5 text-muted"}>
      {at ? <Check className="size-4" aria-hidden /> : <Hourglass className="size-4 animate-breathe" aria-hidden />}
      {at ? t("whatsapp.lastWebhook", { when: when.full(at) }) : t("whatsapp.listening")}
    </p>
  )
}
