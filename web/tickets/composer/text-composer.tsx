import { Tabs } from "radix-ui"
import { useRef, useState, type ReactNode } from "react"
import type { ChannelMarks } from "../../../src/markdown/index.ts"
import type { ChannelFeatures } from "../../channels/channel-features-type.ts"
import { ticketChannels } from "../../channels/channel-registry.ts"
import { AttachButton, UploadList } from "../../files/attach-button-and-upload-list.tsx"
import { useUploads } from "../../files/use-uploads.ts"
import { useTexts } from "../../lib/language.tsx"
import { openMacroDialog } from "../../macros/macro-dialog-and-insertion-state.ts"
import { unresolvedVariables } from "../../macros/macro-types-and-variables.ts"
import { UnresolvedVariables } from "../../macros/unresolved-variables.tsx"
import { useInsertion } from "../../macros/use-insert-at-cursor.ts"
import { Button } from "../../ui/button.tsx"
import { LoadedLater } from "../../ui/lazy-part.tsx"
import { useReportTyping } from "../viewers/ticket-viewers.ts"
import type { ComposerProps } from "./composer-props.ts"
import { useDraft, type DraftSaving } from "./drafts.ts"
import { FormattingToolbar } from "./formatting-toolbar.tsx"
import { NewerReplyDialog } from "./newer-colleague-reply-dialog.tsx"
import { ReplyQuote } from "../messages/quoted-message.tsx"
import { LengthCounter, ReplyTimeLeft } from "./reply-time-left-and-length.tsx"
import type { useReplyWindow } from "./reply-window-query.ts"
import { SendButtons } from "./send-buttons.tsx"
import { useSendMessage } from "./send-message.ts"
import { maxReplyLength } from "./reply-window.ts"
import { UnreachableNotice } from "./unreachable-notice.tsx"
import { useTypingIndicator } from "./show-typing-to-customer.ts"
import { MessageInput } from "./message-input.tsx"

const markdownPreview = async () => (await import("./markdown-preview.tsx")).MarkdownPreview

/** As many as the server takes with one message, unless the channel carries fewer. */
const mostFiles = 10

interface Props extends Omit<ComposerProps, "onMode"> {
  window: ReturnType<typeof useReplyWindow>
  modes: ReactNode
}

export function TextComposer({ ticket, mode, quoting, onUnquote, window, modes }: Props) {
  const area = useRef<HTMLTextAreaElement>(null)
  const { number } = ticket
  const isNote = mode === "note"
  const draft = useDraft(number, mode)
  const { write, send, held, release } = useSendMessage(ticket, mode, draft)
  const [isPreviewing, setPreviewing] = useState(false)
  const most = isNote || !window ? mostFiles : (window.filesPerMessage ?? mostFiles)
  const channel = isNote ? undefined : ticketChannels[ticket.channel]
  const uploads = useUploads(most, channel?.maxFileBytes)
  const typing = useTypingIndicator(ticket, mode)
  const sendTyping = useReportTyping(ticket.id, mode)
  const quoted = isNote ? undefined : quoting
  const longest = !isNote && window ? maxReplyLength(window, uploads.uploads.length) : null
  const { length } = draft.text.trim()
  const onWrite = toEach(write, typing, sendTyping)
  const unresolved = unresolvedVariables(draft.text)
  useInsertion({ number, mode, area, text: draft.text, write: onWrite })
  const fits = (length > 0 || uploads.stored.length > 0) && (longest === null || length <= longest)
  const isReady = fits && unresolved.length === 0 && uploads.isReady
  const go = (andThen?: "resolved" | "closed") => {
    const gone = () => {
      sendTyping("")
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
        <FormattingToolbar area={area} text={draft.text} write={write} />
      </Head>
      {!isNote && <Warning ticket={ticket} window={window} />}
      {quoted && <ReplyQuote message={quoted} onDrop={onUnquote} />}
      <Tabs.Content value={mode} tabIndex={-1} className="h-[92px] max-md:h-[72px]">
        {isPreviewing ? (
          <Previewed text={draft.text} marks={channel?.marks ?? "none"} onFailed={() => setPreviewing(false)} />
        ) : (
          <MessageInput
            ref={area}
            {...{ ticket, isNote, onWrite }}
            onSlash={() => openMacroDialog({ number, isStroke: true })}
            value={draft.text}
            onSend={go}
            onFiles={most > 0 ? uploads.add : undefined}
          />
        )}
      </Tabs.Content>
      <UnresolvedVariables names={unresolved} />
      <UploadList uploads={uploads} />
      {held && <NewerReplyDialog overtaking={held} onSend={held.send} onClose={release} />}
      <Foot {...{ most, uploads, longest, length, window, channel }} saving={draft.saving}>
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
  /** None of a note. */
  channel: ChannelFeatures | undefined
  saving: DraftSaving
  children: ReactNode
}

function Foot({ most, uploads, longest, length, window, channel, saving, children }: FootProps) {
  return (
    <div className="mt-2 flex items-center gap-2">
      {most > 0 && <AttachButton uploads={uploads} />}
      <SavedWord saving={saving} />
      {channel && <Left window={window} channel={channel} />}
      <LengthCounter length={length} longest={longest} />
      <kbd className="shrink-0 font-sans text-xs text-muted max-md:hidden">Ctrl ⏎</kbd>
      {children}
    </div>
  )
}

const toEach =
  (...listeners: ((text: string) => void)[]) =>
  (text: string) =>
    listeners.forEach((listener) => listener(text))

function Left({ window, channel }: Pick<Props, "window"> & { channel: ChannelFeatures }) {
  if (!window?.closesAt || window.minutesLeft === null) return null
  return (
    <ReplyTimeLeft {...{ channel }} minutes={window.minutesLeft} isSoon={window.isSoon} closesAt={window.closesAt} />
  )
}

function Warning({ ticket, window }: Pick<Props, "ticket" | "window">) {
  const { t } = useTexts()
  if (window?.reason === "unreachable")
    return <UnreachableNotice ticket={ticket} connections={window.templateConnections} />
  if (window?.reason !== "breaker") return null
  return <p className="mb-1.5 text-sm text-amber">{t("window.breaker")}</p>
}

interface PreviewProps {
  text: string
  marks: ChannelMarks
  onFailed: () => void
}

function Previewed({ text, marks, onFailed }: PreviewProps) {
  const { t } = useTexts()
  return (
    <div
      className="h-full overflow-y-auto rounded border border-line px-3 py-2"
      tabIndex={0}
      aria-label={t("composer.preview")}
      role="region"
    >
      {text.trim() ? (
        <LoadedLater load={markdownPreview} props={{ text, marks }} onFailed={onFailed} />
      ) : (
        <p className="text-muted">{t("composer.nothing")}</p>
      )}
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

function SavedWord({ saving }: { saving: DraftSaving }) {
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
