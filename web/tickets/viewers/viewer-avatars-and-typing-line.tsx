import { Eye, PenLine } from "lucide-react"
import { useTexts } from "../../lib/language.tsx"
import { Avatar } from "../../ui/avatar.tsx"
import { classNames } from "../../ui/class-names.ts"
import { useTicketViewers } from "./ticket-viewers.ts"

const shown = 3

/** Colleagues who have this ticket open; who writes carries a pen. */
export function ViewerAvatars({ ticketId, size = 22 }: { ticketId: string; size?: number }) {
  const { t } = useTexts()
  const { viewers, writers } = useTicketViewers(ticketId)
  if (viewers.length === 0) return null
  const names = viewers.map((one) => one.name).join(", ")
  const label = t("viewers.viewing", { names, count: viewers.length })
  const Sign = writers.length > 0 ? PenLine : Eye
  return (
    <span role="img" aria-label={label} title={label} className="flex shrink-0 items-center gap-0.5 text-muted">
      <Sign className="size-3" aria-hidden />
      <span className="flex -space-x-1.5">
        {viewers.slice(0, shown).map(({ id, name }) => (
          <span key={id} className="rounded-full border border-surface">
            <Avatar name={name} size={size} />
          </span>
        ))}
      </span>
      {viewers.length > shown && <span className="text-xs tabular-nums">+{viewers.length - shown}</span>}
    </span>
  )
}

/** Hangs over the end of the thread, so that nothing moves when somebody begins to write. A colleague goes before the customer. */
export function TypingLine({ ticketId }: { ticketId: string }) {
  const { t } = useTexts()
  const { writers, isCustomerTyping = false } = useTicketViewers(ticketId)
  const of = (mode: "reply" | "note") =>
    writers
      .filter((one) => one.mode === mode)
      .map(({ user }) => user.name)
      .join(", ")
  const [reply, note] = [of("reply"), of("note")]
  const isColleague = Boolean(reply || note)
  const words = reply ? t("viewers.writing", { name: reply }) : t("viewers.writingNote", { name: note })
  return (
    <div role="status" className="relative">
      {(isColleague || isCustomerTyping) && (
        <p
          className={classNames(
            "absolute bottom-1 left-12 flex max-w-[80%] items-center gap-1.5 rounded px-2 py-0.5 text-xs max-md:left-9",
            isColleague ? "bg-amber-soft text-amber" : "border border-line bg-raised text-muted",
          )}
        >
          <PenLine className="size-3 shrink-0" aria-hidden />
          <span className="truncate">{isColleague ? words : t("viewers.customerWriting")}</span>
        </p>
      )}
    </div>
  )
}
