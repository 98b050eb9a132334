import { ExternalLink } from "lucide-react"
import { useTexts } from "../../../lib/language.tsx"
import { SetupSection } from "../../../settings/connections/titled-setup-section.tsx"
import { Button } from "../../../ui/button.tsx"
import { CopyButton, Snippet } from "../../../ui/copy-button-and-snippet.tsx"

/** Where the chat is, and the line that brings it onto a site. */
export function EmbedInstructions({ id }: { id: string }) {
  const { t } = useTexts()
  const page = `${location.origin}/chat/${id}`
  return (
    <div className="grid gap-6">
      <SetupSection title={t("connections.chatPage")} text={t("connections.chatPageText")}>
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
      </SetupSection>
      <SetupSection title={t("connections.embed")} text={t("connections.embedText")}>
        <Snippet label={t("connections.embed")} text={`<script async src="${page}/widget.js"></script>`} />
        <p className="text-sm text-muted">{t("webChat.attributes")}</p>
      </SetupSection>
      <SetupSection title={t("webChat.policy")} text={t("webChat.policyText")}>
        <Snippet label={t("webChat.policy")} text={`script-src ${location.origin}; frame-src ${location.origin}`} />
      </SetupSection>
    </div>
  )
}
