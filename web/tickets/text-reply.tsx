import { Tabs } from "radix-ui"
import { Suspense, lazy, useRef, useState, type ReactNode } from "react"
import { AttachButton, UploadList } from "../files/upload-list.tsx"
import { whatsappTakes } from "../files/file.ts"
import { useUploads } from "../files/uploads.ts"
import { useTexts } from "../lib/language.tsx"
import { openMacros } from "../macros/desk.ts"
import { unresolvedIn } from "../macros/macro.ts"
import { Unresolved } from "../macros/unresolved.tsx"
import { useInsertion } from "../macros/use-insertion.ts"
import { Button } from "../ui/button.tsx"
import { useTellWriting } from "./company.ts"
import type { ComposerProps } from "./composer.tsx"
import { useDraft, type Saving } from "./drafts.ts"
import { FormatBar } from "./format-bar.tsx"
import { OvertakenDialog } from "./overtaken-dialog.tsx"
import { Quoting } from "./quote.tsx"
import { LengthCounter, TimeLeft } from "./reply-limits.tsx"
import type { useReplyWindow } from "./reply-window.ts"
import { SendButtons } from "./send-buttons.tsx"
import { useSend } from "./send.ts"
import { longestOf } from "./standing.ts"
import { Unreachable } from "./unreachable.tsx"
import { useTyping } from "./typing.ts"
import { WritingBox } from "./writing-box.tsx"

const Preview = lazy(async () => ({ default: (await import("./markdown-preview.tsx")).MarkdownPreview }))

/** As many as the server takes with one message, unless the channel carries fewer. */
const mostFiles = 10

interface Props extends Omit<ComposerProps, "onMode"> {
  window: ReturnType<typeof useReplyWindow>
  modes: ReactNode
}

export function TextReply({ ticket, mode, quoting, onUnquote, window, modes }: Props) {
  const area = useRef<HTMLTextAreaElement>(null)
  const { number } = ticket
  const isNote = mode === "note"
  const draft = useDraft(number, mode)
  const { write, send, held, release } = useSend(ticket, mode, draft)
  const [isPreviewing, setPreviewing] = useState(false)
  const most = isNote || !window ? mostFiles : (window.filesPerMessage ?? mostFiles)
  const uploads = useUploads(most, !isNote && ticket.channel === "whatsapp" ? whatsappTakes : undefined)
  const typing = useTyping(ticket, mode)
  const tellWriting = useTellWriting(ticket.id, mode)
  const quoted = isNote ? undefined : quoting
  const longest = !isNote && window ? longestOf(window, uploads.uploads.length) : null
  const { length } = draft.text.trim()
  const onWrite = toEach(write, typing, tellWriting)
  const unresolved = unresolvedIn(draft.text)
  useInsertion({ number, mode, area, text: draft.text, write: onWrite })
  const fits = (length > 0 || uploads.stored.length > 0) && (longest === null || length <= longest)
  const isReady = fits && unresolved.length === 0 && uploads.isReady
  const go = (andThen?: "resolved" | "closed") => {
    const gone = () => {
      tellWriting("")
      uploads.clear()
      onUnquote()
      setPreviewing(false)
      area.current?.focus()
    }
    if (isReady && send({ andThen, files: uploads.stored, replyTo: quoted?.id ?? null }, gone)) gone()
  }
  return (
    <>
      <Head modes={modes} isPreviewing={isPreviewing} onSwitch={() => setPreviewing(!isPreviewing)}>
        <FormatBar area={area} text={draft.text} write={write} />
      </Head>
      {!isNote && <Warning ticket={ticket} window={window} />}
      {quoted && <Quoting message={quoted} onDrop={onUnquote} />}
      <Tabs.Content value={mode} tabIndex={-1} className="h-[92px] max-md:h-[72px]">
        {isPreviewing ? (
          <Previewed text={draft.text} isWhatsapp={!isNote && ticket.channel === "whatsapp"} />
        ) : (
          <WritingBox
            ref={area}
            {...{ ticket, isNote, onWrite }}
            onSlash={() => openMacros({ number, isStroke: true })}
            value={draft.text}
            onSend={go}
            onFiles={most > 0 ? uploads.add : undefined}
          />
        )}
      </Tabs.Content>
      <Unresolved names={unresolved} />
      <UploadList uploads={uploads} />
      {held && <OvertakenDialog overtaking={held} onSend={held.send} onClose={release} />}
      <Foot {...{ most, uploads, longest, length, window, isNote }} saving={draft.saving}>
        <SendButtons ticket={ticket} isNote={isNote} isReady={isReady} send={go} />
      </Foot>
    </>
  )
}

interface FootProps extends Pick<Props, "window"> {
  most: number
  uploads: ReturnType<typeof useUploads>
  longest: number | null
  length: number
  isNote: boolean
  saving: Saving
  children: ReactNode
}

function Foot({ most, uploads, longest, length, window, isNote, saving, children }: FootProps) {
  return (
    <div className="mt-2 flex items-center gap-2">
      {most > 0 && <AttachButton uploads={uploads} />}
      <SavedWord saving={saving} />
      {!isNote && <Left window={window} />}
      <LengthCounter length={length} longest={longest} />
      <kbd className="shrink-0 font-sans text-xs text-muted max-md:hidden">Ctrl ⏎</kbd>
      {children}
    </div>
  )
}

const toEach =
  (...hear: ((text: string) => void)[]) =>
  (text: string) =>
    hear.forEach((tell) => tell(text))

function Left({ window }: Pick<Props, "window">) {
  if (!window?.closesAt || window.minutesLeft === null) return null
  return <TimeLeft minutes={window.minutesLeft} isSoon={window.isSoon} closesAt={window.closesAt} />
}

function Warning({ ticket, window }: Pick<Props, "ticket" | "window">) {
  const { t } = useTexts()
  if (window?.reason === "unreachable") return <Unreachable ticket={ticket} connections={window.templateConnections} />
  if (window?.reason !== "breaker") return null
  return <p className="mb-1.5 text-sm text-amber">{t("window.breaker")}</p>
}

function Previewed(props: { text: string; isWhatsapp: boolean }) {
  const { t } = useTexts()
  return (
    <div
      className="h-full overflow-y-auto rounded border border-line px-3 py-2"
      tabIndex={0}
      aria-label={t("composer.preview")}
      role="region"
    >
      <Suspense>
        {props.text.trim() ? <Preview {...props} /> : <p className="text-muted">{t("composer.nothing")}</p>}
      </Suspense>
    </div>
  )
}

interface HeadProps extends Pick<Props, "modes"> {
  isPreviewing: boolean
  onSwitch: () => void
  children: ReactNode
}

function Head({ modes, isPreviewing, onSwitch, children }: HeadProps) {
  const { t } = useTexts()
  return (
    <div className="mb-1.5 flex items-center gap-1">
      {modes}
      {!isPreviewing && children}
      <Button look="quiet" size="sm" className="ml-auto" onClick={onSwitch}>
        {isPreviewing ? t("composer.write") : t("composer.preview")}
      </Button>
    </div>
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
