import { TriangleAlert } from "lucide-react"
import { useTexts } from "../../../lib/language.tsx"
import type { TextId } from "#texts/languages-and-text-ids.ts"
import type { Message } from "../message-queries.ts"

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
export function MailHead({ message: { mail, recipients = [], attachments } }: { message: Message }) {
  const { t } = useTexts()
  if (!mail) return null
  const kind = automatic[mail.automatic]
  return (
    <div className="mb-1 grid gap-1 text-xs text-muted">
      {mail.writerRole === "stranger" && <Warning>{t("mail.stranger", { address: mail.from.address })}</Warning>}
      {mail.claimsToBeUs && <Warning>{t("mail.claimsToBeUs")}</Warning>}
      {mail.auth === "fail" && <Warning>{t("mail.authFailed")}</Warning>}
      {attachments.some(({ mimeType }) => sealed.test(mimeType)) && <span>{t("mail.unchecked")}</span>}
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

function Warning({ children }: { children: string }) {
  return (
    <p className="flex items-start gap-1.5 rounded bg-amber-soft px-2 py-1 text-ink">
      <TriangleAlert className="mt-0.5 size-3.5 shrink-0 text-amber" aria-hidden />
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </p>
  )
}
