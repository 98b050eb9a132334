import { Lock, Reply } from "lucide-react"
import type { ChannelFeatures } from "../../channels/channel-features-type.ts"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { Button } from "../../ui/button.tsx"
import { classNames } from "../../ui/class-names.ts"
import { DeliveryStatus } from "./delivery-status.tsx"
import { MessageContent } from "./message-content.tsx"
import type { Message } from "./message-queries.ts"
import { removeFromOutbox, useOutbox } from "./outbox.ts"
import { QuotedMessage } from "./quoted-message.tsx"
import type { Reaction } from "./reactions-by-message.ts"
import { useSenderName } from "./sender-name.ts"

type Voice = "customer" | "ours" | "note" | "system"

const voices: Record<Voice, string> = {
  customer: "border-line bg-raised",
  ours: "border-accent-soft bg-accent-soft",
  note: "border-amber-soft bg-amber-soft",
  system: "border-line bg-canvas text-muted",
}

const dotClasses: Record<Voice, string> = {
  customer: "border-edge bg-surface",
  ours: "border-accent bg-accent",
  note: "border-amber bg-amber",
  system: "border-edge bg-edge",
}

/** What a campaign or a rule wrote to the customer is ours; a notice of the channel is nobody's. */
function voiceOf({ isInternal, kind, direction }: Message): Voice {
  if (isInternal) return "note"
  if (kind === "system") return "system"
  return direction === "in" ? "customer" : "ours"
}

interface Props {
  message: Message
  continues: boolean
  reactions: Reaction[]
  /** The message that this one answers, when it is loaded. */
  answered: Message | undefined
  ticketNumber: string
  /** The ticket's. */
  channel: ChannelFeatures
  onRetry: (message: Message) => void
  onDismiss: (message: Message) => void
  /** To the field where the contact gets an address; undefined without a contact. */
  onAddress: (() => void) | undefined
  /** Whether a reply reaches anybody now. */
  isReachable: boolean
  onQuote: ((message: Message) => void) | undefined
  goTo: (key: string) => void
  /** While messages are chosen: whether this one is, and how that changes. */
  choice: { isChosen: boolean; toggle: () => void } | undefined
}

/** One item of the timeline. Ours hang further along the line, joined to it by a branch. */
export function MessageItem({
  message,
  continues,
  reactions,
  answered,
  ticketNumber,
  channel,
  onRetry,
  onDismiss,
  onAddress,
  isReachable,
  onQuote,
  goTo,
  choice,
}: Props) {
  const { t } = useTexts()
  const name = useSenderName(message)
  const voice = voiceOf(message)
  const isOurs = voice === "ours" || voice === "note"
  return (
    <article
      aria-label={voice === "note" ? t("message.noteOf", { name }) : t("message.by", { name })}
      className={classNames("group relative flex pr-4 pl-12 max-md:pr-3 max-md:pl-9", continues ? "pt-1" : "pt-3")}
    >
      <span
        aria-hidden
        className={classNames(
          "absolute left-[19px] size-[9px] animate-dot rounded-full border-2 max-md:left-[11px]",
          continues ? "top-[15px]" : "top-[23px]",
          dotClasses[voice],
        )}
      />
      {choice && <ChoiceBox choice={choice} name={name} place={continues ? "top-[12px]" : "top-[20px]"} />}
      {isOurs && <span aria-hidden className="mt-[15px] mr-1.5 -ml-5 h-px min-w-4 grow bg-line max-md:-ml-4" />}
      <div className={classNames("relative min-w-0", message.mail?.hasHtml ? "max-w-full" : "max-w-[min(64ch,88%)]")}>
        <div
          className={classNames(
            "rounded border px-3 py-2",
            voices[voice],
            (message.delivery.state === "failed" || message.delivery.state === "unreachable") && "border-red",
          )}
        >
          {!continues && <Head name={name} voice={voice} />}
          {message.replyTo && message.kind !== "reaction" && (
            <QuotedMessage message={answered} onClick={() => answered && goTo(answered.id)} />
          )}
          <div className="flex flex-wrap items-end gap-x-3">
            <MessageContent {...{ message, name, ticketNumber }} marks={channel.marks} />
            <Foot {...{ message, channel, voice, onRetry, onDismiss, onAddress, isReachable }} />
          </div>
        </div>
        <Reactions reactions={reactions} />
        {onQuote && <QuoteButton place={isOurs ? "right-full" : "left-full"} onClick={() => onQuote(message)} />}
      </div>
    </article>
  )
}

function ChoiceBox({ choice, name, place }: { choice: NonNullable<Props["choice"]>; name: string; place: string }) {
  const { t } = useTexts()
  return (
    <input
      type="checkbox"
      aria-label={t("split.choose", { name })}
      checked={choice.isChosen}
      onChange={choice.toggle}
      className={classNames("absolute left-[16px] size-4 accent-accent max-md:left-[8px]", place)}
    />
  )
}

/** Seen when the hand is near, or the keyboard upon it. */
function QuoteButton({ place, onClick }: { place: string; onClick: () => void }) {
  const { t } = useTexts()
  return (
    <Button
      look="quiet"
      size="icon"
      className={classNames(
        "absolute bottom-0 bg-surface opacity-0 group-hover:opacity-100 focus-visible:opacity-100 md:mx-1",
        "[@media(hover:none)]:opacity-100",
        place,
      )}
      aria-label={t("message.quote")}
      title={t("message.quote")}
      onClick={onClick}
    >
      <Reply />
    </Button>
  )
}

function Reactions({ reactions }: { reactions: Reaction[] }) {
  const { t } = useTexts()
  if (reactions.length === 0) return null
  return (
    <ul aria-label={t("message.reactions")} className="relative z-10 -mt-1.5 ml-2 flex flex-wrap gap-1">
      {reactions.map(({ emoji, by }, index) => (
        <li
          key={index}
          title={by ?? t("message.customer")}
          className="rounded-full border border-line bg-raised px-1.5 text-sm leading-[20px]"
        >
          <span className="sr-only">{by ?? t("message.customer")}: </span>
          {emoji}
        </li>
      ))}
    </ul>
  )
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

type FootProps = Pick<Props, "message" | "channel" | "onRetry" | "onDismiss" | "onAddress" | "isReachable"> & {
  voice: Voice
}

/** A note is delivered to nobody; only its way to the server can fail. */
function Foot({ message, channel, voice, onRetry, onDismiss, onAddress, isReachable }: FootProps) {
  const when = useTimeFormat()
  const { delivery, sentAt } = message
  const isHere = useOutbox().some((one) => one.key === message.id)
  const isOnItsWay = delivery.state === "sending" || delivery.state === "failed"
  return (
    <footer className="mt-0.5 ml-auto flex flex-wrap items-center justify-end gap-x-2 text-xs text-muted">
      <time dateTime={sentAt} title={when.full(sentAt)} className="tabular-nums">
        {when.clock(sentAt)}
      </time>
      {(voice === "ours" || (voice === "note" && isOnItsWay)) && (
        <DeliveryStatus
          {...{ message, channel }}
          retry={() => onRetry(message)}
          discard={isHere ? () => removeFromOutbox(message.id) : undefined}
          dismiss={() => onDismiss(message)}
          addAddress={onAddress}
          isReachable={isReachable}
        />
      )}
    </footer>
  )
}
