import { Lock } from "lucide-react"
import { useTexts } from "../lib/language.tsx"
import { useWhen } from "../lib/when.ts"
import { cx } from "../ui/cx.ts"
import { DeliveryMark } from "./delivery-mark.tsx"
import type { Message } from "./messages.ts"
import { drop, useOutbox } from "./outbox.ts"

type Voice = "customer" | "ours" | "note" | "system"

const voices: Record<Voice, string> = {
  customer: "border-line bg-raised",
  ours: "border-accent-soft bg-accent-soft",
  note: "border-amber-soft bg-amber-soft",
  system: "border-line bg-canvas text-muted",
}

const knots: Record<Voice, string> = {
  customer: "border-edge bg-surface",
  ours: "border-accent bg-accent",
  note: "border-amber bg-amber",
  system: "border-edge bg-edge",
}

function voiceOf({ isInternal, kind, sender, direction }: Message): Voice {
  if (isInternal) return "note"
  if (kind === "system" || sender.type === "system") return "system"
  return direction === "in" ? "customer" : "ours"
}

interface Props {
  message: Message
  continues: boolean
  onRetry: (message: Message) => void
}

/** One knot of the thread. Ours hang further along the line, joined to it by a branch. */
export function MessageBlock({ message, continues, onRetry }: Props) {
  const { t } = useTexts()
  const name = useSenderName()(message)
  const voice = voiceOf(message)
  const isOurs = voice === "ours" || voice === "note"
  return (
    <article
      aria-label={voice === "note" ? t("message.noteOf", { name }) : t("message.by", { name })}
      className={cx("relative flex pr-4 pl-12 max-md:pr-3 max-md:pl-9", continues ? "pt-1" : "pt-3")}
    >
      <span
        aria-hidden
        className={cx(
          "absolute left-[19px] size-[9px] animate-knot rounded-full border-2 max-md:left-[11px]",
          continues ? "top-[15px]" : "top-[23px]",
          knots[voice],
        )}
      />
      {isOurs && <span aria-hidden className="mt-[15px] mr-1.5 -ml-5 h-px min-w-4 grow bg-line max-md:-ml-4" />}
      <div
        className={cx(
          "max-w-[min(64ch,88%)] min-w-0 rounded border px-3 py-2",
          voices[voice],
          message.delivery?.state === "failed" && "border-red",
        )}
      >
        {!continues && <Head name={name} voice={voice} />}
        <div className="flex flex-wrap items-end gap-x-3">
          <Content message={message} />
          <Foot message={message} voice={voice} onRetry={onRetry} />
        </div>
      </div>
    </article>
  )
}

function useSenderName() {
  const { t } = useTexts()
  return ({ sender }: Message) => {
    if (sender.name) return sender.name
    if (sender.type === "contact") return t("message.customer")
    return sender.type === "bot" ? t("message.bot") : t("message.system")
  }
}

function Head({ name, voice }: { name: string; voice: Voice }) {
  const { t } = useTexts()
  return (
    <header className="mb-0.5 flex flex-wrap items-baseline gap-x-2 text-xs text-muted">
      <span dir="auto" className="min-w-0 font-strong break-words text-ink">
        {name}
      </span>
      {voice === "note" && (
        <span className="flex items-center gap-1 font-strong text-amber">
          <Lock className="size-3" aria-hidden />
          {t("message.note")}
        </span>
      )}
    </header>
  )
}

/** A note is delivered to nobody; only its way to the server can fail. */
function Foot({ message, voice, onRetry }: Pick<Props, "message" | "onRetry"> & { voice: Voice }) {
  const when = useWhen()
  const { delivery, sentAt } = message
  const isHere = useOutbox().some((one) => one.key === message.id)
  const isOnItsWay = delivery?.state === "sending" || delivery?.state === "failed"
  return (
    <footer className="mt-0.5 ml-auto flex flex-wrap items-center justify-end gap-x-2 text-xs text-muted">
      <time dateTime={sentAt} title={when.full(sentAt)} className="tabular-nums">
        {when.clock(sentAt)}
      </time>
      {(voice === "ours" || (voice === "note" && isOnItsWay)) && (
        <DeliveryMark
          delivery={delivery}
          retry={() => onRetry(message)}
          discard={isHere ? () => drop(message.id) : undefined}
        />
      )}
    </footer>
  )
}

/** The server has made this HTML safe once, when the message was stored. */
function Content({ message }: { message: Message }) {
  const { t } = useTexts()
  if (message.contentHtml)
    return <div dir="auto" className="prose min-w-0" dangerouslySetInnerHTML={{ __html: message.contentHtml }} />
  return (
    <p dir="auto" className="min-w-0 break-words whitespace-pre-wrap [overflow-wrap:anywhere]">
      {message.content || <span className="text-faint">{t("message.noText")}</span>}
    </p>
  )
}
