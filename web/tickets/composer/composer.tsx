import { Link } from "@tanstack/react-router"
import { CircleAlert, Lock } from "lucide-react"
import { Tabs } from "radix-ui"
import type { DragEvent } from "react"
import { ticketChannels } from "../../channels/channel-registry.ts"
import { useTexts } from "../../lib/language.tsx"
import { classNames } from "../../ui/class-names.ts"
import type { Mode } from "../messages/reply-or-note-mode.ts"
import { useReplyWindow } from "./reply-window-query.ts"
import { TemplateComposer } from "./template-composer.tsx"
import { TextComposer } from "./text-composer.tsx"
import { hasNoContact, type Ticket } from "../ticket.ts"
import type { ComposerProps } from "./composer-props.ts"

/** Where one answers: in words, by a template when only that goes, or not at all and with the reason. */
export function Composer({ ticket, mode, quoting, onMode, onUnquote }: ComposerProps) {
  const { t } = useTexts()
  const window = useReplyWindow(ticket.number)
  const isNote = mode === "note"
  const isClosed = !isNote && window !== undefined && window.mode !== "text"
  return (
    <Tabs.Root
      value={mode}
      onValueChange={(next) => onMode(next as Mode)}
      onDragOver={(event: DragEvent) => event.preventDefault()}
      className={classNames(
        "@container shrink-0 border-t border-line p-3 max-md:p-2 max-md:pb-[max(8px,env(safe-area-inset-bottom))] short:px-1.5 short:pt-1 short:pb-1.5",
        isNote ? "bg-amber-soft" : "bg-surface",
      )}
    >
      {ticket.kind === "mirrored" && (
        <p className="mb-1.5 text-sm text-muted">
          {t("composer.mirrored")}{" "}
          <Link to="/agreements/$id" params={{ id: ticket.number }} className="text-accent-strong underline">
            {t("composer.agreement")}
          </Link>
        </p>
      )}
      {isClosed ? (
        <>
          <Modes ticket={ticket} className="mb-1.5" />
          <Tabs.Content value="reply" tabIndex={-1}>
            {window.mode === "template" && ticket.connection ? (
              <TemplateComposer ticket={ticket} connectionId={ticket.connection.id} window={window} />
            ) : (
              <p role="status" className="flex items-start gap-1.5 py-2 text-sm text-red">
                <CircleAlert className="mt-px size-4 shrink-0" aria-hidden />
                {t(window.reason === "opted_out" ? "window.opted_out" : "window.undeliverable", {
                  channel: t(ticketChannels[ticket.channel].name),
                })}
              </p>
            )}
          </Tabs.Content>
        </>
      ) : (
        <TextComposer {...{ ticket, mode, quoting, onMode, onUnquote, window }} modes={<Modes ticket={ticket} />} />
      )}
    </Tabs.Root>
  )
}

function Modes({ ticket, className }: { ticket: Ticket; className?: string }) {
  const { t } = useTexts()
  return (
    <Tabs.List aria-label={t("composer.label")} className={classNames("flex gap-1", className)}>
      {!hasNoContact(ticket) && <ModeTab mode="reply" />}
      <ModeTab mode="note" />
    </Tabs.List>
  )
}

function ModeTab({ mode }: { mode: Mode }) {
  const { t } = useTexts()
  return (
    <Tabs.Trigger
      value={mode}
      className="flex h-7 items-center gap-1.5 rounded px-2 text-sm text-muted data-[state=active]:bg-hover data-[state=active]:font-strong data-[state=active]:text-ink max-md:h-9 short:max-md:px-1.5"
    >
      {mode === "note" && <Lock className="size-3.5 short:max-md:hidden" aria-hidden />}
      {t(`composer.${mode}`)}
    </Tabs.Trigger>
  )
}
