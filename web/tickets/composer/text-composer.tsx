import { Tabs } from "radix-ui"
import { useRef, useState, type ReactNode } from "react"
import { ticketChannels } from "../../channels/channel-registry.ts"
import { dropAndPasteProps } from "../../files/drop-and-paste.ts"
import { useUploads } from "../../files/use-uploads.ts"
import { useTexts } from "../../lib/language.tsx"
import { openMacroDialog, queueInsertion, useIsInsertionComing } from "../../macros/macro-dialog-and-insertion-state.ts"
import { unresolvedVariables } from "../../macros/macro-types-and-variables.ts"
import { LoadedLater } from "../../ui/lazy-part.tsx"
import { useInsertion } from "../../macros/use-insert-at-cursor.ts"
import { goOnFrom } from "../after-closing/go-on.ts"
import { useReportTyping } from "../viewers/ticket-viewers.ts"
import { ComposerAttachments } from "./composer-attachments.tsx"
import { ComposerFoot } from "./composer-foot.tsx"
import { ComposerHead, Previewed } from "./composer-head.tsx"
import type { ComposerProps } from "./composer-props.ts"
import { useDraft } from "./drafts.ts"
import { FormattingToolbar } from "./formatting-toolbar.tsx"
import { type ReplyRecipients, useReplyRecipients } from "./mail/chosen-recipients.ts"
import { recipientFields } from "../messages/mail/load-mail-parts.ts"
import { NewerReplyDialog } from "./newer-colleague-reply-dialog.tsx"
import { ReplyQuote } from "../messages/quoted-message.tsx"
import type { useReplyWindow } from "./reply-window-query.ts"
import { SendButtons } from "./send-buttons.tsx"
import { useSendMessage } from "./send-message.ts"
import { maxReplyLength } from "./reply-window.ts"
import { UnreachableNotice } from "./unreachable-notice.tsx"
import { useTypingIndicator } from "./show-typing-to-customer.ts"
import { hasNoContact, isDone } from "../ticket.ts"
import { MessageInput } from "./message-input.tsx"
import { statusAfterSending, type WayToSend } from "./ways-to-send.ts"

/** As many as the server takes with one message, unless the channel carries fewer. */
const mostFiles = 10

interface Props extends ComposerProps {
  window: ReturnType<typeof useReplyWindow>
  modes: ReactNode
}

export function TextComposer(props: Props) {
  const { ticket, mode, onMode, onUnquote, window, modes } = props
  const isNote = mode === "note"
  const writing = useWriting(props)
  const { area, draft, channel, uploads, limits, isReady, go, held, isPreviewing, setPreviewing } = writing
  const [isRecording, setRecording] = useState(false)
  const endRecording = () => {
    setRecording(false)
    // Where a finger points, the keyboard would come up.
    if (matchMedia("(pointer: fine)").matches) area.current?.focus()
  }
  return (
    <div {...(limits.most > 0 && dropAndPasteProps(uploads))} className={shortLayout}>
      <ComposerHead modes={modes} isPreviewing={isPreviewing} onSwitch={() => setPreviewing(!isPreviewing)}>
        <FormattingToolbar area={area} text={draft.text} write={writing.write} />
      </ComposerHead>
      <div className="short:order-3 short:max-h-[25dvh] short:basis-full short:overflow-y-auto">
        {!isNote && <Warning ticket={ticket} window={window} />}
        <Recipients key={ticket.number} mail={writing.mail} />
        {writing.quoted && <ReplyQuote message={writing.quoted} onDrop={onUnquote} />}
      </div>
      <Tabs.Content
        value={mode}
        tabIndex={-1}
        className="h-[92px] max-md:h-[72px] short:order-4 short:h-11 short:min-w-0 short:grow short:basis-40"
      >
        {isPreviewing ? (
          <Previewed text={draft.text} channel={channel} onFailed={() => setPreviewing(false)} />
        ) : (
          <MessageInput
            ref={area}
            {...{ ticket, isNote }}
            onWrite={writing.onWrite}
            onInsert={(content, isInternal) =>
              onMode(queueInsertion(ticket.number, content, isInternal || hasNoContact(ticket)))
            }
            value={draft.text}
            onSend={() => go()}
            onSendAndNext={() => go("endNext")}
          />
        )}
      </Tabs.Content>
      <ComposerAttachments
        {...{ uploads, channel, isRecording }}
        unresolved={writing.unresolved}
        hasText={limits.length > 0}
        onRecordingEnd={endRecording}
      />
      {held && <NewerReplyDialog overtaking={held} onSend={held.send} onClose={writing.release} />}
      <ComposerFoot
        {...{ ...limits, uploads, window, channel }}
        saving={draft.saving}
        onVoiceNote={isRecording ? undefined : () => setRecording(true)}
        onMacros={ticket.can.includes("edit") ? () => openMacroDialog({ number: ticket.number }) : undefined}
      >
        <SendButtons ticket={ticket} isNote={isNote} isReady={isReady && !isRecording} send={go} />
      </ComposerFoot>
    </div>
  )
}

// Where there is little height: what one answers as and what one adds in one line, the field and the button that sends in the next.
const shortLayout = "short:relative short:flex short:flex-wrap short:items-center short:gap-x-1.5"

/** What is written, and how it goes. */
function useWriting({ ticket, mode, quoting, onUnquote, window }: Omit<Props, "modes" | "onMode">) {
  const { number } = ticket
  const area = useRef<HTMLTextAreaElement>(null)
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
  const mail = useReplyRecipients(number, isNote ? null : window?.mail)
  const longest = !isNote && window ? maxReplyLength(window, uploads.uploads.length) : null
  const { length } = draft.text.trim()
  const onWrite = toEach(write, typing, sendTyping)
  const unresolved = unresolvedVariables(draft.text)
  useInsertion({ number, mode, area, text: draft.text, write: onWrite })
  const fits = (length > 0 || uploads.stored.length > 0) && (longest === null || length <= longest)
  const isComing = useIsInsertionComing(number)
  const isReady = fits && !isComing && unresolved.length === 0 && uploads.isReady && mail.isReady
  const go = (way: WayToSend = "send") => {
    const gone = () => {
      sendTyping("")
      uploads.clear()
      onUnquote()
      if (mail.recipients) mail.choose(null)
      setPreviewing(false)
      area.current?.focus()
      goOn(way, number)
    }
    const how = {
      andThen: statusAfterSending(way, ticket),
      files: uploads.stored,
      replyTo: quoted?.id ?? null,
      recipients: mail.recipients,
    }
    if (isReady && send(how, gone)) gone()
  }
  const limits = { most, longest, length }
  return {
    area,
    draft,
    write,
    onWrite,
    quoted,
    mail,
    channel,
    uploads,
    limits,
    unresolved,
    isReady,
    go,
    held,
    release,
    isPreviewing,
    setPreviewing,
  }
}

/** Whom a mail goes to is shown before it leaves, also where the fields do not come. */
function Recipients({ mail: { suggested, recipients, choose, setUnfinished } }: { mail: ReplyRecipients }) {
  const [isMissing, setMissing] = useState(false)
  if (!suggested || !recipients) return null
  const names = [...recipients.to, ...recipients.cc, ...recipients.bcc].map(({ address }) => address).join(", ")
  const plain = <p className="mb-1.5 min-h-16 text-sm text-muted [overflow-wrap:anywhere]">{names}</p>
  if (isMissing) return plain
  return (
    <LoadedLater
      load={recipientFields}
      props={{ suggested, recipients, onChange: choose, onUnfinished: setUnfinished }}
      fallback={plain}
      onFailed={() => setMissing(true)}
    />
  )
}

function goOn(way: WayToSend, number: string) {
  if (way === "endNext") goOnFrom(number, "next")
  else if (way === "end") goOnFrom(number)
}

const toEach =
  (...listeners: ((text: string) => void)[]) =>
  (text: string) =>
    listeners.forEach((listener) => listener(text))

function Warning({ ticket, window }: Pick<Props, "ticket" | "window">) {
  const { t } = useTexts()
  if (window?.reason === "unreachable")
    return <UnreachableNotice ticket={ticket} connections={window.templateConnections} />
  if (window?.reason === "breaker") return <p className="mb-1.5 text-sm text-amber">{t("window.breaker")}</p>
  if (!isDone(ticket)) return null
  return (
    <p className="mb-1.5 text-sm text-muted">
      {t(ticket.phase === "closed" ? "composer.staysClosed" : "composer.staysResolved")}
    </p>
  )
}
