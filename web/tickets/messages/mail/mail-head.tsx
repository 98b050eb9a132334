import { useTexts } from "../../../lib/language.tsx"
import type { TextId } from "#texts/languages-and-text-ids.ts"
import type { Message } from "../message-queries.ts"
import { MailWarning } from "./mail-warning.tsx"
import { StrangerBanner } from "./stranger-banner.tsx"

const automatic: Record<string, TextId> = {
  auto_reply: "mail.autoReply",
  receipt: "mail.receipt",
  list: "mail.list",
  bounce: "mail.bounce",
}
// S/MIME and PGP.
const sealed = /^application\/(?:(?:x-)?pkcs7-(?:mime|signature)|pgp-(?:encrypted|signature))$/
const roles = ["to", "cc", "bcc"] as const

/** Whom a mail went to, and what an agent should know of its sender. */
export function MailHead({ message, ticketNumber }: { message: Message; ticketNumber: string }) {
  const { t } = useTexts()
  const { mail, recipients = [], attachments } = message
  if (!mail) return null
  const kind = automatic[mail.automatic]
  const isSentElsewhere = mail.writer !== null && mail.writer !== mail.from.address
  return (
    <div className="mb-1 grid gap-1 text-xs text-muted">
      {mail.writerRole === "stranger" && <StrangerBanner {...{ message, ticketNumber }} />}
      {mail.claimsToBeUs && <MailWarning text={t("mail.claimsToBeUs")} />}
      {mail.auth === "fail" && <MailWarning text={t("mail.authFailed")} />}
      {attachments.some(({ mimeType }) => sealed.test(mimeType)) && <span>{t("mail.unchecked")}</span>}
      {isSentElsewhere && (
        <span className="[overflow-wrap:anywhere]">{t("mail.sentFrom", { address: mail.from.address })}</span>
      )}
      {kind && <span className="w-fit rounded border border-line px-1.5">{t(kind)}</span>}
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-2">
        {roles.map((role) => (
          <Recipients key={role} label={t(`mail.${role}`)} people={recipients.filter((one) => one.role === role)} />
        ))}
      </dl>
    </div>
  )
}

function Recipients({ label, people }: { label: string; people: { name: string; address: string }[] }) {
  if (people.length === 0) return null
  return (
    <>
      <dt>{label}</dt>
      <dd dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
        {people.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(", ")}
      </dd>
    </>
  )
}
