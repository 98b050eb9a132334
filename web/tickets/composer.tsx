import { useQueryClient } from "@tanstack/react-query"
import { ChevronDown, Lock } from "lucide-react"
import { Tabs } from "radix-ui"
import { Suspense, lazy, useRef, useState, type KeyboardEvent } from "react"
import { useTexts } from "../lib/language.tsx"
import { uniqueKey } from "../lib/unique.ts"
import { useMe } from "../session/session.ts"
import { Button } from "../ui/button.tsx"
import { cx } from "../ui/cx.ts"
import { Menu, MenuItem } from "../ui/menu.tsx"
import { toast } from "../ui/toast.tsx"
import { useChangeStatus } from "./change.ts"
import { useContactName } from "./contact-name.ts"
import { useDraft, type Mode } from "./drafts.ts"
import { FormatBar } from "./format-bar.tsx"
import { messagesQuery, threadOf, useWrite } from "./messages.ts"
import { ending, type Ticket } from "./ticket.ts"

const Preview = lazy(async () => ({ default: (await import("./markdown-preview.tsx")).MarkdownPreview }))

interface Props {
  ticket: Ticket
  mode: Mode
  onMode: (mode: Mode) => void
}

export function Composer({ ticket, mode, onMode }: Props) {
  const { t } = useTexts()
  const area = useRef<HTMLTextAreaElement>(null)
  const draft = useDraft(ticket.number, mode)
  const [isPreviewing, setPreviewing] = useState(false)
  const send = useSend(ticket, mode, draft, () => area.current?.focus())
  const contactName = useContactName()
  const isNote = mode === "note"
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      send()
    } else if (event.key === "Escape") event.currentTarget.blur()
  }
  return (
    <Tabs.Root
      value={mode}
      onValueChange={(next) => onMode(next as Mode)}
      className={cx(
        "shrink-0 border-t border-line p-3 max-md:p-2 max-md:pb-[max(8px,env(safe-area-inset-bottom))]",
        isNote ? "bg-amber-soft" : "bg-surface",
      )}
    >
      <div className="mb-1.5 flex items-center gap-1">
        <Tabs.List aria-label={t("composer.label")} className="flex gap-1">
          <ModeTab mode="reply" />
          <ModeTab mode="note" />
        </Tabs.List>
        {!isPreviewing && <FormatBar area={area} text={draft.text} write={draft.write} />}
        <Button
          look="quiet"
          size="sm"
          className="ml-auto"
          aria-pressed={isPreviewing}
          onClick={() => setPreviewing(!isPreviewing)}
        >
          {isPreviewing ? t("composer.write") : t("composer.preview")}
        </Button>
      </div>
      <Tabs.Content value={mode} tabIndex={-1} className="h-[92px] max-md:h-[72px]">
        {isPreviewing ? (
          <div className="h-full overflow-y-auto rounded border border-line px-3 py-2">
            <Suspense>
              {draft.text.trim() ? (
                <Preview text={draft.text} />
              ) : (
                <p className="text-faint">{t("composer.nothing")}</p>
              )}
            </Suspense>
          </div>
        ) : (
          <textarea
            ref={area}
            id="composer"
            dir="auto"
            value={draft.text}
            maxLength={65_536}
            onChange={(event) => draft.write(event.target.value)}
            onKeyDown={onKeyDown}
            aria-label={isNote ? t("composer.note") : t("composer.reply")}
            placeholder={isNote ? t("composer.noteHint") : t("composer.replyHint", { name: contactName(ticket) })}
            className={cx(
              "h-full w-full resize-none rounded border px-3 py-2",
              isNote ? "border-amber bg-raised" : "border-edge bg-raised",
            )}
          />
        )}
      </Tabs.Content>
      <div className="mt-2 flex items-center gap-2">
        <p role="status" className="min-w-0 grow truncate text-xs text-muted">
          {draft.saving === "saved" && t("composer.draftSaved")}
          {draft.saving === "saving" && t("composer.draftSaving")}
          {draft.saving === "kept" && t("composer.draftKept")}
        </p>
        <kbd className="font-sans text-xs text-muted max-md:hidden">Ctrl ⏎</kbd>
        <SendButtons ticket={ticket} isNote={isNote} isEmpty={!draft.text.trim()} send={send} />
      </div>
    </Tabs.Root>
  )
}

/** Sends what is written. Holds back once when a colleague answered since the writing began. */
function useSend(ticket: Ticket, mode: Mode, draft: ReturnType<typeof useDraft>, focus: () => void) {
  const { t } = useTexts()
  const client = useQueryClient()
  const me = useMe()
  const write = useWrite(ticket.number)
  const status = useChangeStatus(ticket.number)
  const begun = useRef<{ place: string; last: string | undefined }>(undefined)
  const place = `${ticket.number} ${mode}`
  const answers = threadOf(client.getQueryData(messagesQuery(ticket.number).queryKey)).filter(
    (one) => one.direction === "out" && !one.isInternal && one.sender.type === "user",
  )
  const last = answers.at(-1)
  if (!draft.text.trim()) begun.current = undefined
  else if (begun.current?.place !== place) begun.current = { place, last: last?.id }
  return (andThen?: "resolved" | "closed") => {
    const content = draft.text.trim()
    if (!content) return
    if (mode === "reply" && last && last.id !== begun.current?.last && last.sender.id !== me.id) {
      begun.current = { place, last: last.id }
      toast(t("composer.answeredBy", { name: last.sender.name ?? "" }))
      return
    }
    draft.clear()
    const after = () => andThen && status.mutate({ status: andThen, from: ticket.status })
    write.mutate({ key: uniqueKey(), content, isInternal: mode === "note" }, { onSuccess: after })
    focus()
  }
}

function ModeTab({ mode }: { mode: Mode }) {
  const { t } = useTexts()
  return (
    <Tabs.Trigger
      value={mode}
      className="flex h-7 items-center gap-1.5 rounded px-2 text-sm text-muted data-[state=active]:bg-hover data-[state=active]:font-strong data-[state=active]:text-ink max-md:h-9"
    >
      {mode === "note" && <Lock className="size-3.5" aria-hidden />}
      {t(`composer.${mode}`)}
    </Tabs.Trigger>
  )
}

interface SendProps {
  ticket: Ticket
  isNote: boolean
  isEmpty: boolean
  send: (andThen?: "resolved" | "closed") => void
}

function SendButtons({ ticket, isNote, isEmpty, send }: SendProps) {
  const { t } = useTexts()
  const end = ending(ticket)
  if (isNote)
    return (
      <Button look="plain" className="border-amber" disabled={isEmpty} onClick={() => send()}>
        {t("composer.addNote")}
      </Button>
    )
  return (
    <div className="flex gap-px">
      <Button look="primary" className={end && "rounded-r-none"} disabled={isEmpty} onClick={() => send()}>
        {t("composer.send")}
      </Button>
      {end && (
        <Menu
          label={t("composer.sendAnd")}
          trigger={
            <Button
              look="primary"
              size="icon"
              className="rounded-l-none"
              disabled={isEmpty}
              aria-label={t("composer.sendAnd")}
            >
              <ChevronDown />
            </Button>
          }
        >
          <MenuItem onSelect={() => send(end)}>
            {end === "closed" ? t("composer.sendClose") : t("composer.sendResolve")}
          </MenuItem>
        </Menu>
      )}
    </div>
  )
}
