import { type ReactNode, useState } from "react"
import { locales } from "#texts/languages-and-text-ids.ts"
import { fileSize } from "../../files/file-kind-and-size.ts"
import { useTexts } from "../../lib/language.tsx"
import { useFieldError } from "../../lib/problem-text.ts"
import { Button } from "../../ui/button.tsx"
import { FormDialog } from "../../ui/form-dialog.tsx"
import { InputField } from "../../ui/form-fields.tsx"
import { RowText } from "../settings-page-layout.tsx"
import { type FailedDelivery, useMakeTicket } from "./failed-incoming-webhook-queries.ts"

interface Props {
  delivery: FailedDelivery
  summary: NonNullable<FailedDelivery["summary"]>
  why: string
  facts: string[]
  again: (what: string) => ReactNode
}

/** A mail that could not be received: whose it is, why, and what somebody does about it. */
export function FailedMail({ delivery, summary: { sender, subject, bytes }, why, facts, again }: Props) {
  const { t, language } = useTexts()
  const make = useMakeTicket()
  const [isAsked, setAsked] = useState(false)
  const title = subject || t("failedDeliveries.noSubject")
  const whose = sender ? [sender.name, `<${sender.address}>`].filter(Boolean).join(" ") : t("failedDeliveries.noSender")
  return (
    <>
      <RowText title={<span className="[overflow-wrap:anywhere]">{title}</span>}>
        <span className="block text-red first-letter:uppercase">{why}</span>
        <span dir="auto" className="block [overflow-wrap:anywhere]">
          {whose} · {fileSize(bytes, locales[language])}
        </span>
        {facts.join(" · ")}
      </RowText>
      <div className="flex flex-wrap gap-2">
        {again(title)}
        <Button
          size="sm"
          disabled={make.isPending}
          onClick={() => (sender ? make.mutate({ id: delivery.id }) : setAsked(true))}
          aria-label={`${t("failedDeliveries.makeTicket")}: ${title}`}
        >
          {t("failedDeliveries.makeTicket")}
        </Button>
        <Button asChild size="sm">
          <a
            href={`/api/v1/failed-deliveries/${delivery.id}/raw`}
            download
            aria-label={`${t("failedDeliveries.download")}: ${title}`}
          >
            {t("failedDeliveries.download")}
          </a>
        </Button>
      </div>
      {isAsked && <SenderDialog id={delivery.id} onClose={() => setAsked(false)} />}
    </>
  )
}

function SenderDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTexts()
  const make = useMakeTicket("in the form")
  const [from, setFrom] = useState({ address: "", name: "" })
  const fieldError = useFieldError(make.error)
  const bind = (field: keyof typeof from) => ({
    value: from[field],
    onChange: ({ target }: { target: { value: string } }) => setFrom({ ...from, [field]: target.value }),
  })
  return (
    <FormDialog
      title={t("failedDeliveries.whose")}
      text={t("failedDeliveries.whoseText")}
      go={t("failedDeliveries.makeTicket")}
      isPending={make.isPending}
      isReady={from.address !== ""}
      error={make.error}
      onSubmit={() => make.mutate({ id, from }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <InputField
        label={t("failedDeliveries.address")}
        type="email"
        required
        maxLength={254}
        error={fieldError("from.address")}
        {...bind("address")}
      />
      <InputField
        label={t("failedDeliveries.name")}
        aside={t("field.optional")}
        maxLength={200}
        error={fieldError("from.name")}
        {...bind("name")}
      />
    </FormDialog>
  )
}
