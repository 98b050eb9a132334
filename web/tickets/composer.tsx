import { Lock } from "lucide-react"
import { Tabs } from "radix-ui"
import { Suspense, lazy, useRef, useState, type ComponentProps, type KeyboardEvent } from "react"
import { useTexts } from "../lib/language.tsx"
import { Button } from "../ui/button.tsx"
import { cx } from "../ui/cx.ts"
import { useNameOf } from "./contact.ts"
import { useDraft, type Mode, type Saving } from "./drafts.ts"
import { FormatBar } from "./format-bar.tsx"
import { SendButtons } from "./send-buttons.tsx"
import { useSend } from "./send.ts"
import type { Ticket } from "./ticket.ts"

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
  const { write, send } = useSend(ticket, mode, draft)
  const [isPreviewing, setPreviewing] = useState(false)
  const isNote = mode === "note"
  const go = (andThen?: "resolved" | "closed") => {
    send(andThen)
    setPreviewing(false)
    area.current?.focus()
  }
  return (
    <Tabs.Root
      value={mode}
      onValueChange={(next) => onMode(next as Mode)}
      className={cx(
        "@container shrink-0 border-t border-line p-3 max-md:p-2 max-md:pb-[max(8px,env(safe-area-inset-bottom))]",
        isNote ? "bg-amber-soft" : "bg-surface",
      )}
    >
      <div className="mb-1.5 flex items-center gap-1">
        <Tabs.List aria-label={t("composer.label")} className="flex gap-1">
          <ModeTab mode="reply" />
          <ModeTab mode="note" />
        </Tabs.List>
        {!isPreviewing && <FormatBar area={area} text={draft.text} write={write} />}
        <PreviewSwitch isOn={isPreviewing} onClick={() => setPreviewing(!isPreviewing)} />
      </div>
      <Tabs.Content value={mode} tabIndex={-1} className="h-[92px] max-md:h-[72px]">
        {isPreviewing ? (
          <Previewed text={draft.text} />
        ) : (
          <Area ref={area} ticket={ticket} isNote={isNote} value={draft.text} onWrite={write} onSend={go} />
        )}
      </Tabs.Content>
      <div className="mt-2 flex items-center gap-2">
        <SavedWord saving={draft.saving} />
        <kbd className="font-sans text-xs text-muted max-md:hidden">Ctrl ⏎</kbd>
        <SendButtons ticket={ticket} isNote={isNote} isEmpty={!draft.text.trim()} send={go} />
      </div>
    </Tabs.Root>
  )
}

interface AreaProps extends ComponentProps<"textarea"> {
  ticket: Ticket
  isNote: boolean
  onWrite: (text: string) => void
  onSend: () => void
}

function Area({ ticket, isNote, onWrite, onSend, ...props }: AreaProps) {
  const { t } = useTexts()
  const name = useNameOf(ticket)
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Escape") event.currentTarget.blur()
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onSend()
    else return
    event.preventDefault()
  }
  return (
    <textarea
      id="composer"
      dir="auto"
      maxLength={65_536}
      onChange={(event) => onWrite(event.target.value)}
      onKeyDown={onKeyDown}
      aria-label={isNote ? t("composer.note") : t("composer.reply")}
      placeholder={isNote ? t("composer.noteHint") : t("composer.replyHint", { name })}
      className={cx(
        "h-full w-full resize-none rounded border bg-raised px-3 py-2",
        isNote ? "border-amber" : "border-edge",
      )}
      {...props}
    />
  )
}

function Previewed({ text }: { text: string }) {
  const { t } = useTexts()
  return (
    <div
      className="h-full overflow-y-auto rounded border border-line px-3 py-2"
      tabIndex={0}
      aria-label={t("composer.preview")}
      role="region"
    >
      <Suspense>
        {text.trim() ? <Preview text={text} /> : <p className="text-muted">{t("composer.nothing")}</p>}
      </Suspense>
    </div>
  )
}

function PreviewSwitch({ isOn, onClick }: { isOn: boolean; onClick: () => void }) {
  const { t } = useTexts()
  return (
    <Button look="quiet" size="sm" className="ml-auto" onClick={onClick}>
      {isOn ? t("composer.write") : t("composer.preview")}
    </Button>
  )
}

function SavedWord({ saving }: { saving: Saving }) {
  const { t } = useTexts()
  const words = {
    idle: "",
    saving: t("composer.draftSaving"),
    saved: t("composer.draftSaved"),
    kept: t("composer.draftKept"),
  }
  return (
    <p role="status" className="min-w-0 grow truncate text-xs text-muted">
      {words[saving]}
    </p>
  )
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
