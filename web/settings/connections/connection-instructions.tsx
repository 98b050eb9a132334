import { ExternalLink } from "lucide-react"
import type { ReactNode } from "react"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { CopyButton, Snippet } from "../../ui/copy-button.tsx"
import type { Connection } from "./connection-queries.ts"

/** What one does with a connection once it exists. */
export function ConnectionInstructions({ connection }: { connection: Connection }) {
  if (connection.kind === "webchat") return <WebchatUse id={connection.id} />
  if (connection.kind === "api") return <ApiUse id={connection.id} />
  return null
}

function WebchatUse({ id }: { id: string }) {
  const { t } = useTexts()
  const page = `${location.origin}/chat/${id}`
  return (
    <div className="grid gap-6">
      <Part title={t("connections.chatPage")} text={t("connections.chatPageText")}>
        <div className="flex flex-wrap items-center gap-2">
          <a
            href={page}
            target="_blank"
            rel="noreferrer"
            className="min-w-0 break-all text-accent-strong underline underline-offset-2"
          >
            {page}
          </a>
          <CopyButton text={page} />
          <Button asChild size="sm">
            <a href={page} target="_blank" rel="noreferrer">
              <ExternalLink aria-hidden />
              {t("connections.open")}
            </a>
          </Button>
        </div>
      </Part>
      <Part title={t("connections.embed")} text={t("connections.embedText")}>
        <Snippet label={t("connections.embed")} text={`<script async src="${page}/widget.js"></script>`} />
      </Part>
    </div>
  )
}

function ApiUse({ id }: { id: string }) {
  const { t } = useTexts()
  const example = [
    `curl ${location.origin}/api/v1/connections/${id}/messages \\`,
    `  -H 'authorization: Bearer hilo_…' \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '{"externalId":"abc-1","contact":{"id":"+573001234567","name":"Carla"},"text":"Hola"}'`,
  ].join("\n")
  return (
    <Part title={t("connections.curl")} text={t("connections.curlText")}>
      <Snippet label={t("connections.curl")} text={example} />
    </Part>
  )
}

function Part({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="grid gap-2">
      <div>
        <h3 className="font-strong">{title}</h3>
        <p className="text-sm text-muted">{text}</p>
      </div>
      {children}
    </section>
  )
}
